function getByEmail(email, callback) {
  mongo(configuration.MONGO_URI, function (db) {
    var users = db.collection('users');
    users.findOne({ email: email }, function (err, user) {
      if (err) return callback(err);
      if (!user) return callback(null);
      callback(null, { user_id: user._id.toString(), nickname: user.nickname, email: user.email });
    });
  });

  var connection = new sqlserver.Connection({ userName: 'a', password: 'b', server: 'c', options: { database: 'd', encrypt: true } });
  var Request = sqlserver.Request;
  var TYPES = sqlserver.TYPES;
  connection.on('connect', function (err) {
    if (err) return callback(err);
    var sql = new Request('SELECT 1', function (err, count, rows) { callback(err, rows && rows[0][0].value); });
    sql.addParameter('Email', TYPES.VarChar, email);
    connection.execSql(sql);
  });

  var pool = mysql_pool({ host: 'h', user: 'u', password: 'p', database: 'd' });
  pool.getConnection(function (err, client) { client.query('SELECT ?', [email], function (err, rows) { client.release(); }); });
  var client = mysql({ host: 'h' });
  client.connect();
  postgres(configuration.PG, function (err, client, done) {
    client.query('SELECT $1', [email], function (err, result) { done(); callback(err, result.rows[0]); });
  });
  bcrypt.compare('a', 'b', function (err, same) {});
}
