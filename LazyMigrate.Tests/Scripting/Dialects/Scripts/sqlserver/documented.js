function login(email, password, callback) {
  //this example uses the "tedious" library
  //more info here: http://pekim.github.io/tedious/index.html
  const bcrypt = require('bcrypt');
  const sqlserver = require('tedious@11.0.3');

  const Connection = sqlserver.Connection;
  const Request = sqlserver.Request;
  const TYPES = sqlserver.TYPES;

  const connection = new Connection({
    userName:  configuration.DB_USERNAME,
    password:  configuration.DB_PASSWORD,
    server:    configuration.DB_HOST,
    options:  {
      port: Number(configuration.DB_PORT),
      database: configuration.DB_DATABASE,
      rowCollectionOnRequestCompletion: true
    }
  });

  const query = 'SELECT Id, Nickname, Email, Password FROM dbo.Users WHERE Email = @Email';

  connection.on('debug', function (text) {
    console.log(text);
  }).on('errorMessage', function (text) {
    console.log(JSON.stringify(text, null, 2));
  }).on('infoMessage', function (text) {
    console.log(JSON.stringify(text, null, 2));
  });

  connection.on('connect', function (err) {
    if (err) return callback(err);

    const request = new Request(query, function (err, rows) {
      if (err || rows < 1) return callback(err || new WrongUsernameOrPasswordError(email));
    });

    request.on('row', function (columns) {
      const user = columns;
      bcrypt.compare(password, user[3].value, function (err, isValid) {
        if (err || !isValid) return callback(err || new WrongUsernameOrPasswordError(email));

        callback(null, {
          user_id: user[0].value,
          nickname: user[1].value,
          email: user[2].value
        });
      });
    });

    request.addParameter('Email', TYPES.VarChar, email);

    connection.execSql(request);
  });
  connection.connect();
}
