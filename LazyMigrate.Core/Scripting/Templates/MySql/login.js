const mysql = require('mysql2/promise');
const bcrypt = require('bcrypt');

/**
 * Checks the password of somebody who has not been moved yet, in a MySQL or MariaDB database.
 *
 * Adapt: the table `users`, its columns, and how the password is hashed (here bcrypt).
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
      `SELECT id, email, phone, username, name, password_hash, email_verified, blocked
       FROM users
       WHERE LOWER(email) = LOWER(?) OR phone = ? OR username = ?
       LIMIT 1`,
      // What was not typed is NULL, which equals nothing.
      [query.email ?? null, query.phone ?? null, query.username ?? null],
    );

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
      emailVerified: user.email_verified === 1,
      phone: user.phone,
      username: user.username,
      name: user.name,
      blocked: user.blocked === 1,
    };
  } finally {
    await connection.end();
  }
}
