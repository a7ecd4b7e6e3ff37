function login(email, password, callback) {
  mongo(configuration.DB_CONNECTION_URI, function (db) {
    var users = db.collection('users');
    users.findOne({ email: email }, function (err, user) {
      if (err) return callback(err);
      if (!user) return callback(null);
      if (!bcrypt.compareSync(password, user.password)) { return callback(null); }
      return callback(null, { user_id: user._id.toString(), nickname: user.nickname, email: user.email });
    });
  });
}
