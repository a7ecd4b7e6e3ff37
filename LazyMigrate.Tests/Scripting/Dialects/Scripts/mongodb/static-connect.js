function login(email, password, callback) {
  var mongodb = require('mongodb@2.2.36');
  var MongoClient = mongodb.MongoClient;
  MongoClient.connect(configuration.DB_CONNECTION_URI, function (err, db) {
    if (err) { return callback(err); }
    db.collection('users').find({ email: new RegExp('^' + email.replace(/[.+]/g, '\\$&') + '$', 'i') }).limit(1).toArray(function (err, users) {
      db.close();
      if (err) { return callback(err); }
      if (users.length == 0) { return callback(new WrongUsernameOrPasswordError(email)); }
      var user = users[0];
      crypto.pbkdf2(password, new Buffer(user.salt, 'base64'), 1000, 24, function (err, key) {
        if (err) { return callback(err); }
        if (key.toString('base64') !== user.hash) { return callback(new WrongUsernameOrPasswordError(email)); }
        callback(null, { id: String(user._id), email: user.email });
      });
    });
  });
}
