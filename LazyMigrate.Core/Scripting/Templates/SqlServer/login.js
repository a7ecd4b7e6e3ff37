const sql = require('mssql');
const bcrypt = require('bcrypt');

/**
 * Checks the password of somebody who has not been moved yet, in a SQL Server database.
 *
 * Adapt: the table `users`, its columns, and how the password is hashed (here bcrypt). Comparisons ignore case where the
 * database's collation does, as SQL Server's usual ones do.
 *
 * @param {LegacyQuery} query  exactly one of email, phone and username: the one that the person typed
 * @param {string} password  as it was typed
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<LegacyProfile | null>}  null: there is no such user
 */
async function login(query, password, context) {
  const pool = await sql.connect(env.DB_CONNECTION_URI);
  try {
    const { recordset } = await pool.request()
      .input('email', sql.NVarChar, query.email)
      .input('phone', sql.NVarChar, query.phone)
      .input('username', sql.NVarChar, query.username)
      .query(`SELECT TOP 1 id, email, phone, username, name, password_hash, email_verified, blocked
              FROM users
              WHERE email = @email OR phone = @phone OR username = @username`);
    const user = recordset[0];

    // There is no such user.
    if (!user) return null;

    // The user has no password, or it is another one.
    if (!user.password_hash || !(await bcrypt.compare(password, user.password_hash))) {
      throw new WrongPasswordError();
    }

    // The password is right: this is whom to move. Never return the password or its hash.
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
