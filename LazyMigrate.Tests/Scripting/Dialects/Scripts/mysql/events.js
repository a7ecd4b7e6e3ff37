function login(email, password, callback) {
  var mysql = require('mysql@2.12.0');
  var bcrypt = require('bcryptjs');
  var connection = mysql.createConnection(configuration.DB_CONNECTION_URI);
  var user;
  connection.on('error', function (err) { return callback(err); });
  connection.connect(function (err) {
    if (err) { console.error('error connecting: ' + err.stack); return callback(err); }
    console.log('connected as id ' + connection.threadId);
  });
  var query = connection.query({ sql: 'SELECT ?? FROM ?? WHERE `email` = ? LIMIT 1', timeout: 4000, values: [['id', 'email', 'password'], 'users', email] });
  query
    .on('error', function (err) { callback(err); })
    .on('fields', function (fields) { console.log(fields.length + ' columns'); })
    .on('result', function (row) {
      connection.pause();
      user = row;
      connection.resume();
    })
    .on('end', function () {
      connection.end(function (err) {
        if (err) return callback(err);
        if (!user || !bcrypt.compareSync(password, user.password)) return callback(new WrongUsernameOrPasswordError(email));
        callback(null, { user_id: user.id, email: user.email });
      });
    });
}
