const { Client } = require('pg');

/**
 * Tells how many people Keycloak's own database holds: what the progress of the migration is measured against.
 *
 * Adapt: the variable `KEYCLOAK_REALM`. Count the same people that `login` can find.
 *
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<number>}  a whole number
 */
async function countUsers(context) {
  const client = new Client(env.DB_CONNECTION_URI);
  await client.connect();
  try {
    const { rows } = await client.query(
      `SELECT count(*) AS total
       FROM user_entity u
       JOIN realm r ON r.id = u.realm_id AND r.name = $1
       WHERE u.service_account_client_link IS NULL`,
      [env.KEYCLOAK_REALM]);

    // pg gives a bigint as a string.
    return Number(rows[0].total);
  } finally {
    await client.end();
  }
}
