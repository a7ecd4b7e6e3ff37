function login (email, password, callback) {
  const { createPool } = require('mysql@2.18.1');
  const { promisify } = require('util');
  const bcrypt = require('bcrypt');
  const { PEPPER = '' } = configuration;
  const pool = createPool({ connectionLimit: 1, host: configuration.DB_HOST, port: +configuration.DB_PORT, user: configuration.DB_USERNAME, password: configuration.DB_PASSWORD, database: configuration.DB_DATABASE });
  const query = promisify(pool.query).bind(pool);

  query('SELECT * FROM users WHERE email = ?', [email.toLowerCase()])
    .then(([user]) => {
      if (!user) throw new WrongUsernameOrPasswordError(email);
      return bcrypt.compare(password + PEPPER, user.devise).then((same) => {
        if (!same) throw new WrongUsernameOrPasswordError(email);
        return { user_id: user.id, email: user.email, app_metadata: { source: 'devise' } };
      });
    })
    .then((profile) => callback(null, profile), callback);
}
