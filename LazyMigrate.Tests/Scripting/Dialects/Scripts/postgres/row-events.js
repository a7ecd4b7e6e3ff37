function login(email, password, callback) {
  var pg = require('pg@4.5.7');
  var self = this;
  pg.defaults.poolSize = 5;
  pg.defaults.ssl = false;
  var client = new pg.Client(configuration.DB_CONNECTION_URI);
  client.on('error', function (err) { callback(err); });
  client.on('drain', client.end.bind(client));
  client.connect(function (err) {
    if (err) { return callback(err); }
    var found = null;
    var query = client.query('SELECT id, email, password FROM users WHERE email = $1', [email]);
    query.on('row', function (row, result) {
      result.addRow(row);
      found = row;
    });
    query.on('error', function (err) { callback(err); });
    query.on('end', function (result) {
      if (!found || result.rows.length !== 1) { return callback(new WrongUsernameOrPasswordError(email)); }
      if (!bcrypt.compareSync(password, found.password)) { return callback(new WrongUsernameOrPasswordError(email, 'no')); }
      callback(null, { id: found.id, email: found.email });
    });
  });
}
