async function login(email, password, callback) {
  const sql = require('mssql@6.2.0');
  const bcrypt = require('bcrypt');
  const config = { user: configuration.DB_USERNAME, password: configuration.DB_PASSWORD, server: configuration.DB_HOST, port: ~~configuration.DB_PORT, database: configuration.DB_DATABASE, options: { encrypt: false, enableArithAbort: true }, pool: { max: 1, min: 0 } };
  let pool;
  try {
    pool = await sql.connect(config);
    const { recordset } = await pool.request().input('email', sql.NVarChar(100), email).query('SELECT TOP 1 * FROM Users WHERE Email = @email');
    const [user] = recordset;
    if (!user || !bcrypt.compareSync(password, user.Password)) return callback(new WrongUsernameOrPasswordError(email));
    return callback(null, { user_id: user.Id, email: user.Email });
  } catch (err) {
    return callback(err);
  } finally {
    if (pool) await pool.close();
    sql.close();
  }
}
