const login = async (email, password, callback) => {
  const mysql = require('mysql2/promise');
  const bcrypt = require('bcrypt');
  const connection = await mysql.createConnection({ uri: configuration.DB_CONNECTION_URI, ssl: undefined });
  try {
    const [rows] = await connection.execute('SELECT id, email, laravel FROM users WHERE email = ? LIMIT 1', [email]);
    if (!rows.length) return callback(new WrongUsernameOrPasswordError(email));
    // Laravel writes $2y$, which bcrypt for Node once did not know.
    const hash = rows[0].laravel.replace(/^\$2y(.+)$/i, '$2a$1');
    if (!(await bcrypt.compare(password, hash))) return callback(new WrongUsernameOrPasswordError(email));
    return callback(null, { user_id: rows[0].id, email: rows[0].email });
  } catch (e) {
    return callback(e);
  } finally {
    await connection.end();
  }
};
