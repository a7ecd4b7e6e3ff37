const { Client } = require('pg');
const crypto = require('crypto');
const { promisify } = require('util');

const derive = promisify(crypto.pbkdf2);

const isSame = (a, b) => a.length === b.length && crypto.timingSafeEqual(a, b);

/** credential.credential_data: {"hashIterations":210000,"algorithm":"pbkdf2-sha512",…}; secret_data: {"value":"base64","salt":"base64",…} */
async function isRight(password, user) {
  if (!user.secret_data) return false;
  const { value, salt } = JSON.parse(user.secret_data);
  const { algorithm, hashIterations, additionalParameters } = JSON.parse(user.credential_data);
  const wanted = Buffer.from(value, 'base64');
  switch (algorithm) {
    case 'pbkdf2':
    case 'pbkdf2-sha256':
    case 'pbkdf2-sha512': {
      const digest = algorithm.split('-')[1] ?? 'sha1';
      return isSame(await derive(password, Buffer.from(salt, 'base64'), hashIterations, wanted.length, digest), wanted);
    }
    case 'argon2': {
      const argon2 = require('argon2');
      const parameter = (name) => additionalParameters[name][0];
      const made = await argon2.hash(password, {
        raw: true,
        type: argon2[`argon2${parameter('type')}`],
        salt: Buffer.from(salt, 'base64'),
        timeCost: hashIterations,
        memoryCost: Number(parameter('memory')),
        parallelism: Number(parameter('parallelism')),
        hashLength: wanted.length,
        version: parameter('version') === '1.0' ? 0x10 : 0x13,
      });
      return isSame(made, wanted);
    }
    default:
      throw new TemporaryError(`Passwords hashed with ${algorithm} are not supported yet.`);
  }
}

/**
 * Checks the password of somebody who has not been moved yet, in Keycloak's own database.
 *
 * Adapt: the variable `KEYCLOAK_REALM`. Passwords: PBKDF2 and Argon2, as Keycloak stores them.
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
      `SELECT u.id, u.username, u.email, u.email_verified, u.first_name, u.last_name, u.enabled, c.credential_data, c.secret_data
       FROM user_entity u
       JOIN realm r ON r.id = u.realm_id AND r.name = $1
       LEFT JOIN credential c ON c.user_id = u.id AND c.type = 'password'
       WHERE u.service_account_client_link IS NULL AND (lower(u.email) = lower($2) OR u.username = lower($3))
       LIMIT 1`,
      [env.KEYCLOAK_REALM, query.email, query.username]);
    const user = rows[0];

    // There is no such user.
    if (!user) return null;

    // The user has no password, or it is another one.
    if (!(await isRight(password, user))) throw new WrongPasswordError();

    // The password is right: this is whom to move. Never return the password or its hash.
    return {
      id: user.id,
      email: user.email,
      emailVerified: user.email_verified,
      username: user.username,
      givenName: user.first_name,
      familyName: user.last_name,
      blocked: !user.enabled,
    };
  } finally {
    await client.end();
  }
}
