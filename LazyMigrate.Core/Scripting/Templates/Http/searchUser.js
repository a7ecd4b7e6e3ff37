const axios = require('axios');

/** The legacy service; variables of this custom database hold its key. Answers other than 2xx are read, not thrown. */
const service = axios.create({
  baseURL: env.DB_CONNECTION_URI,
  timeout: 5000,
  headers: { Authorization: `Bearer ${env.API_KEY}` },
  validateStatus: () => true,
});

/**
 * Looks somebody up without a password, by asking a JSON service: before a registration and for a forgotten password.
 *
 * Adapt: the paths, what is sent, and what each status means. The connection URI is the service's base address.
 *
 * @param {LegacyQuery} query  exactly one of email, phone, username and id
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<LegacyProfile | null>}  null: there is no such person
 */
async function searchUser(query, context) {
  const { status, data: user } = await service.get('/users', { params: query });

  // Only an explicit null says that there is no such person. An error means that nobody knows, and nobody may register.
  if (status === 404) return null;
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
