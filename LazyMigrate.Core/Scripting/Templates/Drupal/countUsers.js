const mysql = require('mysql2/promise');
// Since Drupal 8. In Drupal 7 the table is `users`.
const table = 'users_field_data';

/**
 * Tells how many people the database of Drupal holds: what the progress of the migration is measured against.
 *
 * Adapt: the table.
 *
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<number>}  a whole number
 */
async function countUsers(context) {
  const connection = await mysql.createConnection(env.DB_CONNECTION_URI);
  try {
    const [[row]] = await connection.query(`SELECT COUNT(*) AS total FROM ${table} WHERE uid > 0`);
    return row.total;
  } finally {
    await connection.end();
  }
}
