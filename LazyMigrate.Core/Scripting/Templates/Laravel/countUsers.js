const mysql = require('mysql2/promise');

/**
 * Tells how many people the database of Laravel holds: what the progress of the migration is measured against.
 *
 * Adapt: the table `users`.
 *
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<number>}  a whole number
 */
async function countUsers(context) {
  const connection = await mysql.createConnection(env.DB_CONNECTION_URI);
  try {
    const [[row]] = await connection.query('SELECT COUNT(*) AS total FROM users');
    return row.total;
  } finally {
    await connection.end();
  }
}
