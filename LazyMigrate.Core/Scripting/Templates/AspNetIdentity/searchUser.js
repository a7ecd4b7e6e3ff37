const sql = require('mssql');

/**
 * Looks somebody up without a password, in the tables of ASP.NET Core Identity in SQL Server: before a registration and for a
 * forgotten password.
 *
 * Adapt: the names of tables and columns, where they were changed; see the comment of `login` for other databases and versions.
 *
 * @param {LegacyQuery} query  exactly one of email, phone, username and id
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<LegacyProfile | null>}  null: there is no such person
 */
async function searchUser(query, context) {
  const pool = await sql.connect(env.DB_CONNECTION_URI);
  try {
    const { recordset } = await pool.request()
      .input('email', sql.NVarChar, query.email?.toUpperCase())
      .input('phone', sql.NVarChar, query.phone)
      .input('username', sql.NVarChar, query.username?.toUpperCase())
      .input('id', sql.NVarChar, query.id)
      .query(`SELECT TOP 1 Id, UserName, Email, EmailConfirmed, PhoneNumber, PhoneNumberConfirmed
              FROM AspNetUsers
              WHERE NormalizedEmail = @email OR NormalizedUserName = @username OR PhoneNumber = @phone OR Id = @id`);
    const user = recordset[0];

    // Only an explicit null says that there is no such person. An error means that nobody knows, and nobody may register.
    if (!user) return null;

    return {
      id: user.Id,
      email: user.Email,
      emailVerified: user.EmailConfirmed,
      phone: user.PhoneNumber,
      phoneVerified: user.PhoneNumberConfirmed,
      username: user.UserName,
    };
  } finally {
    await pool.close();
  }
}
