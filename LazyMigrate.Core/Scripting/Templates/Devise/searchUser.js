const { Client } = require('pg');

/**
 * Looks somebody up without a password, in a Rails application's database (Devise): before a registration and for a forgotten password.
 *
 * Adapt: the table `users` and its columns (`confirmed_at` needs :confirmable, `locked_at` :lockable).
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
      `SELECT id, email, confirmed_at, locked_at
       FROM users
       WHERE lower(email) = lower($1) OR id::text = $2
       LIMIT 1`,
      [query.email, query.id]);
    const user = rows[0];

    // Only an explicit null says that there is no such person. An error means that nobody knows, and nobody may register.
    if (!user) return null;

    return {
      id: user.id,
      email: user.email,
      emailVerified: user.confirmed_at !== null,
      blocked: user.locked_at !== null,
    };
  } finally {
    await client.end();
  }
}
