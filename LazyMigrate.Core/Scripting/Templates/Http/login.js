const axios = require('axios');

/** The legacy service; variables of this custom database hold its key. Answers other than 2xx are read, not thrown. */
const service = axios.create({
  baseURL: env.DB_CONNECTION_URI,
  timeout: 5000,
  headers: { Authorization: `Bearer ${env.API_KEY}` },
  validateStatus: () => true,
});

/**
 * Checks the password of somebody who has not been moved yet, by asking a JSON service.
 *
 * Adapt: the paths, what is sent, and what each status means. The connection URI is the service's base address.
 *
 * @param {LegacyQuery} query  exactly one of email, phone and username: the one that the person typed
 * @param {string} password  as it was typed
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<LegacyProfile | null>}  null: there is no such user
 */
async function login(query, password, context) {
  const { status, data: user } = await service.post('/login', { ...query, password });

  // There is no such user.
  if (status === 404) return null;

  // The password is wrong.
  if (status === 401 || status === 403) throw new WrongPasswordError();

  // Anything else says nothing about the password: try again later.
  if (status !== 200) throw new TemporaryError(`The service answered ${status}.`);

  return {
    id: user.id,
    email: user.email,
    emailVerified: user.emailVerified,
    phone: user.phone,
    username: user.username,
    name: user.name,
    blocked: user.blocked,
  };
}
