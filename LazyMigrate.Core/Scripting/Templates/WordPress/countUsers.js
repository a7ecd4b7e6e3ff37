const mysql = require('mysql2/promise');
// The prefix of the tables, as `$table_prefix` in wp-config.php.
const prefix = 'wp_';

/**
 * Tells how many people the database of WordPress holds: what the progress of the migration is measured against.
 *
 * Adapt: the prefix of the tables.
 *
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<number>}  a whole number
 */
async function countUsers(context) {
  const connection = await mysql.createConnection(env.DB_CONNECTION_URI);
  try {
    const [[row]] = await connection.query(`SELECT COUNT(*) AS total FROM ${prefix}users`);
    return row.total;
  } finally {
    await connection.end();
  }
}
