const mysql = require('mysql2/promise');
const argon2 = require('argon2');
const bcrypt = require('bcrypt');

/**
 * Checks the password of somebody who has not been moved yet, in the database of Laravel.
 *
 * Adapt: the table `users`. Passwords are checked as Laravel's `Hash` does: bcrypt.
 *
 * @param {LegacyQuery} query  exactly one of email, phone and username: the one that the person typed
 * @param {string} password  as it was typed
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<LegacyProfile | null>}  null: there is no such user
 */
async function login(query, password, context) {
  const connection = await mysql.createConnection(env.DB_CONNECTION_URI);
  try {
    const [[user]] = await connection.execute(
      `SELECT id, name, email, email_verified_at, password
       FROM users
       WHERE LOWER(email) = LOWER(?)
       LIMIT 1`,
      // What was not typed is NULL, which equals nothing.
      [query.email ?? null],
    );

    // There is no such user.
    if (!user) return null;

    // The user has no password, or it is another one.
    if (!user.password || !(await isRight(password, user.password))) throw new WrongPasswordError();

    // The password is right: this is whom to move. Never return the password or its hash.
    return {
      id: user.id,
      email: user.email,
      emailVerified: user.email_verified_at !== null,
      name: user.name,
    };
  } finally {
    await connection.end();
  }
}

function isRight(password, hash) {
  // `hashing.driver` is argon or argon2id.
  if (hash.startsWith('$argon2')) return argon2.verify(hash, password);
  return bcrypt.compare(password, hash);
}
