const mysql = require('mysql2/promise');
const { checkPassword } = require('wordpress-hash-node');

// The prefix of the tables, as `$table_prefix` in wp-config.php.
const prefix = 'wp_';

/**
 * Checks the password of somebody who has not been moved yet, in the database of WordPress.
 *
 * Adapt: the prefix of the tables. Passwords are checked as WordPress does: phpass, bcrypt since 6.8, and plain MD5 from before 2.5.
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
      `SELECT ID, user_login, user_pass, user_email, display_name, user_status
       FROM ${prefix}users
       WHERE LOWER(user_email) = LOWER(?) OR user_login = ?
       LIMIT 1`,
      // What was not typed is NULL, which equals nothing.
      [query.email ?? null, query.username ?? null],
    );

    // There is no such user.
    if (!user) return null;

    // The user has no password, or it is another one.
    if (!checkPassword(password, user.user_pass)) throw new WrongPasswordError();

    // The password is right: this is whom to move. Never return the password or its hash.
    return {
      id: user.ID,
      email: user.user_email,
      // WordPress does not say whether somebody proved an address.
      emailVerified: false,
      username: user.user_login,
      name: user.display_name,
      // Multisite marks spammers so.
      blocked: user.user_status === 1,
    };
  } finally {
    await connection.end();
  }
}
