function login(email, password, callback) {
  var crypto = require('crypto');
  var Connection = sqlserver.Connection, Request = sqlserver.Request, TYPES = sqlserver.TYPES;
  var connection = new Connection({
    authentication: { type: 'default', options: { userName: configuration.DB_USERNAME, password: configuration.DB_PASSWORD } },
    server: configuration.DB_HOST,
    options: { database: configuration.DB_DATABASE, port: parseInt(configuration.DB_PORT), encrypt: false, trustServerCertificate: true, rowCollectionOnRequestCompletion: true, useColumnNames: true }
  });
  connection.on('connect', function (err) {
    if (err) return callback(err);
    var request = new Request('SELECT Id, Email, Crypted FROM Users WHERE Email = @Email', function (err, rowCount, rows) {
      connection.close();
      if (err) return callback(err);
      if (rowCount === 0) return callback(new WrongUsernameOrPasswordError(email));
      var row = rows[0];
      var hashed = new Buffer(row.Crypted.value, 'base64');
      var salt = hashed.slice(1, 17);
      crypto.pbkdf2(password, salt, 1000, 32, 'sha1', function (err, key) {
        if (err) return callback(err);
        if (hashed.slice(17).toString('base64') !== new Buffer(key, 'binary').toString('base64')) return callback(new WrongUsernameOrPasswordError(email));
        callback(null, { user_id: row.Id.value, email: row.Email.value });
      });
    });
    request.addParameter('Email', TYPES.NVarChar, email);
    connection.execSql(request);
  });
  if (connection.state.name === 'Initialized') connection.connect();
}
