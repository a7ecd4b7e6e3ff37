const mysql = require('mysql2/promise');
// The prefix of the tables, as `$table_prefix` in wp-config.php.
const prefix = 'wp_';

/**
 * Looks somebody up without a password, in the database of WordPress: before a registration and for a forgotten password.
 *
 * Adapt: the prefix of the tables.
 *
 * @param {LegacyQuery} query  exactly one of email, phone, username and id
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<LegacyProfile | null>}  null: there is no such person
 */
async function searchUser(query, context) {
  const connection = await mysql.createConnection(env.DB_CONNECTION_URI);
  try {
    const [[user]] = await connection.execute(
      `SELECT ID, user_login, user_email, display_name, user_status
       FROM ${prefix}users
       WHERE LOWER(user_email) = LOWER(?) OR user_login = ? OR ID = ?
       LIMIT 1`,
      // What was not asked for is NULL, which equals nothing.
      [query.email ?? null, query.username ?? null, query.id ?? null],
    );

    // Only an explicit null says that there is no such person. An error means that nobody knows, and nobody may register.
    if (!user) return null;

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
