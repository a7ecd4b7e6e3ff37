const sql = require('mssql');

/**
 * Looks somebody up without a password, in the tables of ASP.NET Membership in SQL Server: before a registration and for a
 * forgotten password.
 *
 * Adapt: the name of the application, where several share the tables.
 *
 * @param {LegacyQuery} query  exactly one of email, phone, username and id
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<LegacyProfile | null>}  null: there is no such person
 */
async function searchUser(query, context) {
  const pool = await sql.connect(env.DB_CONNECTION_URI);
  try {
    const { recordset } = await pool.request()
      .input('email', sql.NVarChar, query.email?.toLowerCase())
      .input('username', sql.NVarChar, query.username?.toLowerCase())
      .input('id', sql.NVarChar, query.id?.toUpperCase())
      .query(`SELECT TOP 1 u.UserId, u.UserName, m.Email, m.IsApproved, m.IsLockedOut
              FROM aspnet_Users u INNER JOIN aspnet_Membership m ON m.UserId = u.UserId
              WHERE m.LoweredEmail = @email OR u.LoweredUserName = @username OR CAST(u.UserId AS nvarchar(36)) = @id`);
    const user = recordset[0];

    // Only an explicit null says that there is no such person. An error means that nobody knows, and nobody may register.
    if (!user) return null;

    return {
      id: user.UserId,
      email: user.Email,
      username: user.UserName,
      blocked: !user.IsApproved || user.IsLockedOut,
    };
  } finally {
    await pool.close();
  }
}
