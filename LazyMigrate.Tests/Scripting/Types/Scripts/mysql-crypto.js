var mysql = require('mysql');
var crypto = require('node:crypto');

// A top-level helper and a top-level variable.
var iterations = 1000;
function hashOf(password, salt) {
  return crypto.pbkdf2Sync(password, new Buffer(salt, 'base64'), iterations, 32, 'sha256').toString('base64');
}

module.exports = function login(email, password, context, callback) {
  var connection = mysql.createConnection({ host: configuration.DB_HOST, user: configuration.DB_USERNAME, password: configuration.DB_PASSWORD, database: configuration.DB_DATABASE, multipleStatements: false, charset: 'utf8mb4' });
  connection.connect();
  connection.query('SELECT * FROM users WHERE ?', { email: email }, function (err, results) {
    connection.end();
    if (err) return callback(err);
    if (results.length === 0) return callback(new WrongUsernameOrPasswordError(email));
    var user = results[0];
    var error = new Error('Nope');
    error.status = 500;
    if (!crypto.timingSafeEqual(Buffer.from(hashOf(password, user.salt)), Buffer.from(user.hash))) return callback(error);
    var o = {};
    o.user_id = String(user.id);
    o.email = user.email;
    o['family_name'] = user.last;
    return callback(null, Object.assign(o, { email_verified: !!user.verified }));
  });
};
