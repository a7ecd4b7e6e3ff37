const { Client } = require('pg');

/**
 * Looks somebody up without a password, in a PostgreSQL database: before a registration and for a forgotten password.
 *
 * Adapt: the table `users` and its columns.
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
      `SELECT id, email, phone, username, name, email_verified, blocked
       FROM users
       WHERE lower(email) = lower($1) OR phone = $2 OR username = $3 OR id::text = $4
       LIMIT 1`,
      [query.email, query.phone, query.username, query.id]);
    const user = rows[0];

    // Only an explicit null says that there is no such person. An error means that nobody knows, and nobody may register.
    if (!user) return null;

    return {
      id: user.id,
      email: user.email,
      emailVerified: user.email_verified,
      phone: user.phone,
      username: user.username,
      name: user.name,
      blocked: user.blocked,
    };
  } finally {
    await client.end();
  }
}
