/**
 * Verifies the password of a legacy user.
 *
 * @param {string} email
 * @param {string} password
 * @param {(err: Error|null, profile?: object) => void} callback
 */
async function login(email, password, callback) {
  const { promisify } = require('util');
  const bcrypt = require('bcrypt@5.0.1');
  const { Client } = require('pg@7.17.1');
  const client = new Client({
    user: configuration.DB_USERNAME,
    host: configuration.DB_HOST,
    database: configuration.DB_DATABASE,
    password: configuration.DB_PASSWORD,
    port: configuration.DB_PORT,
    ssl: configuration.USE_SSL === 'true',
    connectionTimeoutMillis: 5000,
    statement_timeout: 3000
  });
  const query = promisify(client.query).bind(client);
  try {
    await promisify(client.connect).call(client);
    const { rows: [user], rowCount } = await query('SELECT * FROM users WHERE LOWER(email) = LOWER($1)', [email]);
    if (rowCount === 0) return callback(new WrongUsernameOrPasswordError(email));
    const matches = await promisify(bcrypt.compare)(password, user.password);
    if (!matches) return callback(new WrongUsernameOrPasswordError(email));
    return callback(null, { user_id: `legacy|${user.id}`, email: user.email, email_verified: true, user_metadata: { plan: user?.plan ?? 'free' } });
  } catch (err) {
    return callback(err);
  } finally {
    client.end();
  }
}
