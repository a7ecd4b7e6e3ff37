const { Client } = require('pg');

/**
 * Tells how many people a Django project's database (django.contrib.auth) holds: what the progress of the migration is measured against.
 *
 * Adapt: the table. Count the same people that `login` can find.
 *
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<number>}  a whole number
 */
async function countUsers(context) {
  const client = new Client(env.DB_CONNECTION_URI);
  await client.connect();
  try {
    const { rows } = await client.query('SELECT count(*) AS total FROM auth_user');

    // pg gives a bigint as a string.
    return Number(rows[0].total);
  } finally {
    await client.end();
  }
}
