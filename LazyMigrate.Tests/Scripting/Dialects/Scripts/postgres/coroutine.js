function login (email, password, callback) {
  'use strict';
  const Promise = require('bluebird');
  const bcrypt = Promise.promisifyAll(require('bcrypt'));
  const pg = require('pg');
  const pool = new pg.Pool({ connectionString: configuration.DB_CONNECTION_URI, max: 1, idleTimeoutMillis: 1000 });
  pool.on('error', (err) => console.error(err));

  const check = Promise.coroutine(function* (name, secret) {
    const client = yield pool.connect();
    try {
      const result = yield client.query({ text: 'SELECT id, email, password FROM users WHERE email = $1', values: [name], rowMode: 'array' });
      if (!result.rows.length) throw new WrongUsernameOrPasswordError(name);
      const [[id, mail, hash]] = result.rows;
      if (!(yield bcrypt.compareAsync(secret, hash))) throw new WrongUsernameOrPasswordError(name);
      return { user_id: String(id), email: mail };
    } finally {
      client.release();
    }
  });

  check(email, password).then((profile) => callback(null, profile)).catch((err) => callback(err));
}
