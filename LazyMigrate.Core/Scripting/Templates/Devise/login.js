const { Client } = require('pg');
const bcrypt = require('bcrypt');

/** Devise puts its pepper, where one is configured, behind the password. */
const isRight = (password, user) => user.encrypted_password && bcrypt.compare(password + (env.DEVISE_PEPPER ?? ''), user.encrypted_password);

/**
 * Checks the password of somebody who has not been moved yet, in a Rails application's database (Devise).
 *
 * Adapt: the table `users` and its columns (`confirmed_at` needs :confirmable, `locked_at` :lockable); the variable `DEVISE_PEPPER`
 * is `config.pepper`. Passwords: bcrypt.
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
      `SELECT id, email, encrypted_password, confirmed_at, locked_at
       FROM users
       WHERE lower(email) = lower($1)
       LIMIT 1`,
      [query.email]);
    const user = rows[0];

    // There is no such user.
    if (!user) return null;

    // The user has no password, or it is another one.
    if (!(await isRight(password, user))) throw new WrongPasswordError();

    // The password is right: this is whom to move. Never return the password or its hash.
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
