const mysql = require('mysql2/promise');
const { checkPassword } = require('drupal-hash');

// Since Drupal 8. In Drupal 7 the table is `users`.
const table = 'users_field_data';

/**
 * Checks the password of somebody who has not been moved yet, in the database of Drupal.
 *
 * Adapt: the table. Passwords are checked as Drupal does: its own SHA-512 (`$S$`), and bcrypt since 10.1.
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
      `SELECT uid, name, pass, mail, status
       FROM ${table}
       WHERE uid > 0 AND (LOWER(mail) = LOWER(?) OR name = ?)
       LIMIT 1`,
      // What was not typed is NULL, which equals nothing.
      [query.email ?? null, query.username ?? null],
    );

    // There is no such user.
    if (!user) return null;

    // The user has no password, or it is another one.
    if (!user.pass || !checkPassword(password, user.pass)) throw new WrongPasswordError();

    // The password is right: this is whom to move. Never return the password or its hash.
    return {
      id: user.uid,
      email: user.mail,
      // Drupal does not say whether somebody proved an address.
      emailVerified: false,
      username: user.name,
      blocked: user.status === 0,
    };
  } finally {
    await connection.end();
  }
}
