function login(email, password, callback) {
  //this example uses the "tedious" library
  const crypto = require('crypto');
  const sqlserver = require('tedious');

  const Connection = sqlserver.Connection;
  const Request = sqlserver.Request;
  const TYPES = sqlserver.TYPES;

  const connection = new Connection({
    userName: configuration.DB_USERNAME,
    password: configuration.DB_PASSWORD,
    server: configuration.DB_HOST,
    options: { database: configuration.DB_DATABASE, port: configuration.DB_PORT * 1, encrypt: false, rowCollectionOnRequestCompletion: true }
  });

  connection.on('connect', function (err) {
    if (err) return callback(err);

    getMembershipUser(email, function (err, user) {
      if (err || !user || !user.profile || !user.password) return callback(err || new WrongUsernameOrPasswordError(email));

      validatePassword(password, user.password, function (err, isValid) {
        if (err || !isValid) return callback(err || new WrongUsernameOrPasswordError(email));

        callback(null, user.profile);
      });
    });
  });

  // Membership Provider implementation used on Microsoft.AspNet.Providers NuGet

  /**
   * @param {[type]} usernameOrEmail  the username or email
   * @param {[Function]} callback     callback receiving (err, user)
   */
  function getMembershipUser(usernameOrEmail, callback) {
    var user = null;
    const query = 'SELECT Memberships.UserId, Email, Users.UserName, Password, PasswordSalt FROM Memberships INNER JOIN AspUsers Users ON Users.UserId = Memberships.UserId WHERE Memberships.Email = @Username OR Users.UserName = @Username';

    const getMembershipQuery = new Request(query, function (err, rowCount) {
      if (err || rowCount < 1) return callback(err);
      callback(err, user);
    });

    getMembershipQuery.addParameter('Username', TYPES.VarChar, usernameOrEmail);

    getMembershipQuery.on('row', function (fields) {
      user = {
        profile: {
          user_id: fields.UserId.value,
          email: fields.Email.value,
          nickname: fields.UserName.value
        },
        password: {
          password: fields.Password.value,
          salt: fields.PasswordSalt.value
        }
      };
    });

    connection.execSql(getMembershipQuery);
  }

  /**
   * @param {String} password            the password provided by the user
   * @param {{password, salt}} originalPassword the hashed password and its salt
   */
  function validatePassword(password, originalPassword, callback) {
    const passwordBuffer = Buffer.from(password, 'utf16le');
    const saltBuffer = Buffer.from(originalPassword.salt, 'base64');
    const hmac = crypto.createHmac('sha256', Buffer.concat([saltBuffer, saltBuffer, saltBuffer, saltBuffer]));
    hmac.update(passwordBuffer);
    callback(null, hmac.digest('base64') === originalPassword.password);
  }
}
