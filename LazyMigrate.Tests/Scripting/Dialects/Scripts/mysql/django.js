function login(email, password, callback) {
  const crypto = require('crypto');
  const mysql = require('mysql2');
  const connection = mysql.createConnection(configuration.DB_CONNECTION_URI);
  connection.query('SELECT id, email, django FROM users WHERE email = ?', [email], (err, results) => {
    connection.end();
    if (err) return callback(err);
    if (results.length === 0) return callback(new WrongUsernameOrPasswordError(email));
    const [algorithm, iterations, salt, hash] = results[0].django.split('$');
    const digest = algorithm.replace('pbkdf2_', '');
    crypto.pbkdf2(password, salt, Number(iterations), 32, digest, (err, derivedKey) => {
      if (err) return callback(err);
      if (derivedKey.toString('base64') !== hash) return callback(new WrongUsernameOrPasswordError(email));
      callback(null, { user_id: `${results[0].id}`, email: results[0].email });
    });
  });
}
