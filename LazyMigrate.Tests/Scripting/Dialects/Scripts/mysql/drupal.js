function login(email, password, callback) {
  var mysql = require('mysql');
  var drupalHash = require('drupal-hash');
  var connection = mysql.createConnection(configuration.DB_CONNECTION_URI);
  connection.connect();
  connection.query('SELECT uid, name, mail, pass FROM drupal_users WHERE mail = ?', [email], function (err, results) {
    connection.destroy();
    if (err) return callback(err);
    if (!results[0] || !drupalHash.checkPassword(password, results[0].pass)) return callback(new WrongUsernameOrPasswordError(email));
    callback(null, { user_id: results[0].uid.toString(), nickname: results[0].name, email: results[0].mail });
  });
}
