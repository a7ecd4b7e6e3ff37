function login(email, password, callback) {
  var pool = mysql_pool({ host: configuration.DB_HOST, port: configuration.DB_PORT, user: configuration.DB_USERNAME, password: configuration.DB_PASSWORD, database: configuration.DB_DATABASE, connectionLimit: 2 });
  pool.getConnection(function (err, connection) {
    if (err) { return callback(err); }
    connection.query('SELECT * FROM users WHERE email = ' + connection.escape(email), function (err, rows, fields) {
      connection.release();
      if (err) { return callback(err); }
      if (!rows || !rows.length) { return callback(null); }
      var hash = crypto.createHash('md5').update(rows[0].salt + password).digest('hex');
      if (hash != rows[0].md5) { return callback(new WrongUsernameOrPasswordError(email, 'The password is wrong')); }
      return callback(null, _.extend(_.pick(rows[0], ['email', 'nickname']), { user_id: '' + rows[0].id }));
    });
  });
}
