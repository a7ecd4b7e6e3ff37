function login(email, password, callback) {
  var async = require('async@2.1.2');
  var pg = require('pg@6.1.0');
  var crypto = require('crypto');
  async.waterfall([
    function (next) { pg.connect(configuration.DB_CONNECTION_URI, next); },
    function (client, done, next) {
      client.query({ name: 'by-email', text: 'SELECT id, email, salt, sha1 FROM users WHERE email = $1::text', values: [email] }, function (err, result) {
        done(err);
        next(err, result);
      });
    },
    function (result, next) {
      if (result.rowCount < 1) return next(new WrongUsernameOrPasswordError(email));
      var user = result.rows[0];
      var hash = crypto.createHash('sha1').update(new Buffer(user.salt + password, 'utf8')).digest('hex');
      if (hash !== user.sha1) return next(new WrongUsernameOrPasswordError(user.email));
      setImmediate(next, null, { user_id: user.id, email: user.email });
    }
  ], function (err, profile) {
    if (err) return callback(err);
    process.nextTick(function () { callback(null, profile); });
  });
}
