const sql = require('mssql');

/**
 * Tells how many people the tables of ASP.NET Membership hold: what the progress of the migration is measured against.
 *
 * Adapt: the name of the application, where several share the tables. Count the same people that `login` can find.
 *
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<number>}  a whole number
 */
async function countUsers(context) {
  const pool = await sql.connect(env.DB_CONNECTION_URI);
  try {
    const { recordset } = await pool.request().query('SELECT COUNT(*) AS total FROM aspnet_Membership');
    return Number(recordset[0].total);
  } finally {
    await pool.close();
  }
}
