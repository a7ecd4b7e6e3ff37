function login(email, password, callback) {
  postgres(configuration.DB_CONNECTION_URI, function (err, client, done) {
    if (err) {
      console.log('could not connect to postgres db', err);
      return callback(err);
    }
    client.query('SELECT id, email, password FROM users WHERE email = $1', [email], function (err, result) {
      if (err) {
        console.log('error executing query', err);
        return callback(err);
      }
      done();
      if (result.rows.length === 0) { return callback(); }
      var user = result.rows[0];
      if (!bcrypt.compareSync(password, user.password)) { return callback(); }
      return callback(null, { user_id: user.id, nickname: user.nickname, email: user.email });
    });
  });
}
