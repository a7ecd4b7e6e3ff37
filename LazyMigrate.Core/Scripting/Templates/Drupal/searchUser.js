const mysql = require('mysql2/promise');
// Since Drupal 8. In Drupal 7 the table is `users`.
const table = 'users_field_data';

/**
 * Looks somebody up without a password, in the database of Drupal: before a registration and for a forgotten password.
 *
 * Adapt: the table.
 *
 * @param {LegacyQuery} query  exactly one of email, phone, username and id
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<LegacyProfile | null>}  null: there is no such person
 */
async function searchUser(query, context) {
  const connection = await mysql.createConnection(env.DB_CONNECTION_URI);
  try {
    const [[user]] = await connection.execute(
      `SELECT uid, name, mail, status
       FROM ${table}
       WHERE uid > 0 AND (LOWER(mail) = LOWER(?) OR name = ? OR uid = ?)
       LIMIT 1`,
      // What was not asked for is NULL, which equals nothing.
      [query.email ?? null, query.username ?? null, query.id ?? null],
    );

    // Only an explicit null says that there is no such person. An error means that nobody knows, and nobody may register.
    if (!user) return null;

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
