function login(email, password, callback) {
  var mysql = require('mysql');
  var hasher = require('wordpress-hash-node');
  var connection = mysql.createConnection({
    host     : configuration.DB_HOST,
    port     : parseInt(configuration.DB_PORT, 10),
    user     : configuration.DB_USERNAME,
    password : configuration.DB_PASSWORD,
    database : configuration.DB_DATABASE,
    charset  : 'utf8mb4_general_ci',
    debug    : false
  });
  connection.connect();
  connection.query("SELECT u.ID, u.user_login, u.user_pass, u.user_email, u.display_name, MAX(CASE WHEN m.meta_key = 'first_name' THEN m.meta_value END) AS first_name FROM wp_users u LEFT JOIN wp_usermeta m ON m.user_id = u.ID WHERE u.user_email = ? OR u.user_login = ? GROUP BY u.ID", [email, email], function (err, results) {
    if (err) { connection.end(); return callback(err); }
    connection.end();
    if (results.length === 0) { return callback(new WrongUsernameOrPasswordError(email)); }
    var user = results[0];
    if (!hasher.CheckPassword(password, user.user_pass)) { return callback(new WrongUsernameOrPasswordError(email)); }
    callback(null, { user_id: user.ID, nickname: user.user_login, given_name: user.first_name, name: user.display_name, email: user.user_email, email_verified: true });
  });
}
