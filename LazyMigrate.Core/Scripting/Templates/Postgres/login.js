const { Client } = require('pg');
const bcrypt = require('bcrypt');

/**
 * Checks the password of somebody who has not been moved yet, in a PostgreSQL database.
 *
 * Adapt: the table `users`, its columns, and how the password is hashed (here bcrypt).
 *
 * @param {LegacyQuery} query  exactly one of email, phone and username: the one that the person typed
 * @param {string} password  as it was typed
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<LegacyProfile | null>}  null: there is no such user
 */
async function login(query, password, context) {
  const client = new Client(env.DB_CONNECTION_URI);
  await client.connect();
  try {
    const { rows } = await client.query(
      `SELECT id, email, phone, username, name, password_hash, email_verified, blocked
       FROM users
       WHERE lower(email) = lower($1) OR phone = $2 OR username = $3
       LIMIT 1`,
      [query.email, query.phone, query.username]);
    const user = rows[0];

    // There is no such user.
    if (!user) return null;

    // The user has no password, or it is another one.
    if (!user.password_hash || !(await bcrypt.compare(password, user.password_hash))) {
      throw new WrongPasswordError();
    }

    // The password is right: this is whom to move. Never return the password or its hash.
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
