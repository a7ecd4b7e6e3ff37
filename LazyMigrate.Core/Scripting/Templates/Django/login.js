const { Client } = require('pg');
const bcrypt = require('bcrypt');
const crypto = require('crypto');
const { promisify } = require('util');

const derive = promisify(crypto.pbkdf2);
const scrypt = promisify(crypto.scrypt);

const isSame = (a, b) => a.length === b.length && crypto.timingSafeEqual(a, b);
const digest = (algorithm, text) => Buffer.from(crypto.createHash(algorithm).update(text).digest('hex'));

/** `algorithm$…` as django.contrib.auth.hashers stores it. */
async function isRight(password, { password: stored }) {
  // A password that was made unusable, for example of somebody who signs in elsewhere, begins with an exclamation mark.
  if (!stored || stored.startsWith('!')) return false;
  const [algorithm, ...parts] = stored.split('$');
  switch (algorithm) {
    case 'pbkdf2_sha256':
    case 'pbkdf2_sha1': {
      const [rounds, salt, hash] = parts;
      const wanted = Buffer.from(hash, 'base64');
      return isSame(await derive(password, salt, Number(rounds), wanted.length, algorithm.slice(7)), wanted);
    }
    case 'bcrypt_sha256':
      return bcrypt.compare(crypto.createHash('sha256').update(password).digest('hex'), stored.slice('bcrypt_sha256$'.length));
    case 'bcrypt':
      return bcrypt.compare(password, stored.slice('bcrypt$'.length));
    case 'argon2':
      return require('argon2').verify(stored.slice('argon2'.length), password);
    case 'scrypt': {
      const [N, salt, r, p, hash] = parts;
      const wanted = Buffer.from(hash, 'base64');
      return isSame(await scrypt(password, salt, wanted.length, { N: Number(N), r: Number(r), p: Number(p), maxmem: 256 * 1024 * 1024 }), wanted);
    }
    case 'sha1':
    case 'md5':
      return isSame(digest(algorithm, parts[0] + password), Buffer.from(parts[1]));
    default:
      // Before Django 1.4: MD5 without a salt.
      return /^[0-9a-f]{32}$/.test(stored) && isSame(digest('md5', password), Buffer.from(stored));
  }
}

/**
 * Checks the password of somebody who has not been moved yet, in a Django project's database (django.contrib.auth).
 *
 * Adapt: the table `auth_user` where the project has a user model of its own. Passwords: every hasher that Django brings.
 *
 * @param {LegacyQuery} query  exactly one of email, phone and username: the one that the person typed
 * @param {string} password  as it was typed
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<LegacyProfile | null>}  null: there is no such user
 */
async function login(query, password, context) {
  const client = new Client(env.DB_CONNECTION_URI);
  await client.connect();
  try {
    const { rows } = await client.query(
      `SELECT id, username, email, first_name, last_name, is_active, password
       FROM auth_user
       WHERE lower(email) = lower($1) OR username = $2
       LIMIT 1`,
      [query.email, query.username]);
    const user = rows[0];

    // There is no such user.
    if (!user) return null;

    // The user has no password, or it is another one.
    if (!(await isRight(password, user))) throw new WrongPasswordError();

    // The password is right: this is whom to move. Never return the password or its hash.
    return {
      id: user.id,
      email: user.email || null,
      username: user.username,
      givenName: user.first_name,
      familyName: user.last_name,
      blocked: !user.is_active,
    };
  } finally {
    await client.end();
  }
}
