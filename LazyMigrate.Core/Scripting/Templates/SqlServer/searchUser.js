const sql = require('mssql');

/**
 * Looks somebody up without a password, in a SQL Server database: before a registration and for a forgotten password.
 *
 * Adapt: the table `users` and its columns.
 *
 * @param {LegacyQuery} query  exactly one of email, phone, username and id
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<LegacyProfile | null>}  null: there is no such person
 */
async function searchUser(query, context) {
  const pool = await sql.connect(env.DB_CONNECTION_URI);
  try {
    const { recordset } = await pool.request()
      .input('email', sql.NVarChar, query.email)
      .input('phone', sql.NVarChar, query.phone)
      .input('username', sql.NVarChar, query.username)
      .input('id', sql.NVarChar, query.id)
      .query(`SELECT TOP 1 id, email, phone, username, name, email_verified, blocked
              FROM users
              WHERE email = @email OR phone = @phone OR username = @username OR CAST(id AS nvarchar(50)) = @id`);
    const user = recordset[0];

    // Only an explicit null says that there is no such person. An error means that nobody knows, and nobody may register.
    if (!user) return null;

    return {
      id: user.id,
      email: user.email,
      emailVerified: user.email_verified,
      phone: user.phone,
      username: user.username,
      name: user.name,
      blocked: user.blocked,
    };
  } finally {
    await pool.close();
  }
}
