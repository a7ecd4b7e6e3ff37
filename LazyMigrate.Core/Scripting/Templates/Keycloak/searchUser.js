const { Client } = require('pg');

/**
 * Looks somebody up without a password, in Keycloak's own database: before a registration and for a forgotten password.
 *
 * Adapt: the variable `KEYCLOAK_REALM`.
 *
 * @param {LegacyQuery} query  exactly one of email, phone, username and id
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<LegacyProfile | null>}  null: there is no such person
 */
async function searchUser(query, context) {
  const client = new Client(env.DB_CONNECTION_URI);
  await client.connect();
  try {
    const { rows } = await client.query(
      `SELECT u.id, u.username, u.email, u.email_verified, u.first_name, u.last_name, u.enabled
       FROM user_entity u
       JOIN realm r ON r.id = u.realm_id AND r.name = $1
       WHERE u.service_account_client_link IS NULL AND (lower(u.email) = lower($2) OR u.username = lower($3) OR u.id = $4)
       LIMIT 1`,
      [env.KEYCLOAK_REALM, query.email, query.username, query.id]);
    const user = rows[0];

    // Only an explicit null says that there is no such person. An error means that nobody knows, and nobody may register.
    if (!user) return null;

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
