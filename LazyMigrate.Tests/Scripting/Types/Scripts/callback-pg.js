// As written for PostgreSQL: versions in require, callbacks, helper functions.
function login(email, password, callback) {
  const bcrypt = require('bcrypt@5.0.1');
  const { Client } = require('pg@8.7.1');
  const postgres = new Client({
    connectionString: 'postgres://' + configuration.DB_USER + ':' + configuration.DB_PASSWORD + '@' + configuration.DB_HOST + '/shop',
    ssl: { rejectUnauthorized: false },
  });
  postgres.connect(function (err) {
    if (err) return callback(err);
    const query = 'SELECT id, nickname, email, password FROM users WHERE email = $1';
    postgres.query(query, [email], function (err, result) {
      postgres.end();
      if (err) return callback(err);
      if (result.rows.length === 0) return callback(new WrongUsernameOrPasswordError(email));
      const user = result.rows[0];
      bcrypt.compare(password, user.password, function (err, isValid) {
        if (err || !isValid) return callback(err || new WrongUsernameOrPasswordError(email, 'Wrong password'));
        var profile = { user_id: user.id, nickname: user.nickname, email: user.email };
        profile.app_metadata = { plan: 'free' };
        if (user.blocked) profile.blocked = true;
        return callback(null, profile);
      });
    });
  });
}
