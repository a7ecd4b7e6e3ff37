const { Client } = require('pg');

/**
 * Looks somebody up without a password, in a Django project's database (django.contrib.auth): before a registration and for a forgotten password.
 *
 * Adapt: the table `auth_user` where the project has a user model of its own.
 *
 * @param {LegacyQuery} query  exactly one of email, phone, username and id
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<LegacyProfile | null>}  null: there is no such person
 */
async function searchUser(query, context) {
  const client = new Client(env.DB_CONNECTION_URI);
  await client.connect();
  try {
    const { rows } = await client.query(
      `SELECT id, username, email, first_name, last_name, is_active
       FROM auth_user
       WHERE lower(email) = lower($1) OR username = $2 OR id::text = $3
       LIMIT 1`,
      [query.email, query.username, query.id]);
    const user = rows[0];

    // Only an explicit null says that there is no such person. An error means that nobody knows, and nobody may register.
    if (!user) return null;

    return {
      id: user.id,
      email: user.email || null,
      username: user.username,
      givenName: user.first_name,
      familyName: user.last_name,
      blocked: !user.is_active,
    };
  } finally {
    await client.end();
  }
}
