// Keycloak: the credential's hash and its parameters are JSON.
const crypto = require('node:crypto');
const { promisify } = require('node:util');
const { Pool } = require('pg');

const pbkdf2 = promisify(crypto.pbkdf2);

const find = async (pool, email) => {
  const { rows } = await pool.query(
    `SELECT u.id, u.email, u.username, u.enabled, c.secret_data, c.credential_data
       FROM user_entity u JOIN credential c ON c.user_id = u.id AND c.type = 'password'
      WHERE u.email = $1`, [email]);
  return rows[0];
};

module.exports = async function login(email, password, callback) {
  const pool = new Pool({ connectionString: configuration.DB_CONNECTION_URI });
  try {
    const row = await find(pool, email);
    if (!row?.enabled) return callback(new WrongUsernameOrPasswordError(email, 'unknown'));
    const { value, salt } = JSON.parse(row.secret_data);
    const { hashIterations, algorithm } = JSON.parse(row.credential_data);
    const digest = { 'pbkdf2-sha256': 'sha256', 'pbkdf2-sha512': 'sha512' }[algorithm];
    const expected = Buffer.from(value, 'base64');
    const actual = await pbkdf2(password, Buffer.from(salt, 'base64'), hashIterations, expected.length, digest);
    if (!crypto.timingSafeEqual(actual, expected)) return callback(new WrongUsernameOrPasswordError(email));
    callback(null, { user_id: row.id, email: row.email, username: row.username });
  } catch (error) {
    callback(error);
  } finally {
    await pool.end();
  }
};
