const axios = require('axios');

/** The legacy service; variables of this custom database hold its key. Answers other than 2xx are read, not thrown. */
const service = axios.create({
  baseURL: env.DB_CONNECTION_URI,
  timeout: 5000,
  headers: { Authorization: `Bearer ${env.API_KEY}` },
  validateStatus: () => true,
});

/**
 * Tells how many people the service holds: what the progress of the migration is measured against.
 *
 * Adapt: the paths, what is sent, and what each status means. The connection URI is the service's base address. Count the same people that `login` can find.
 *
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<number>}  a whole number
 */
async function countUsers(context) {
  const { status, data } = await service.get('/users/count');
  if (status !== 200) throw new TemporaryError(`The service answered ${status}.`);
  return data.total;
}
