const mysql = require('mysql2/promise');

/**
 * Looks somebody up without a password, in the database of Laravel: before a registration and for a forgotten password.
 *
 * Adapt: the table `users`.
 *
 * @param {LegacyQuery} query  exactly one of email, phone, username and id
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<LegacyProfile | null>}  null: there is no such person
 */
async function searchUser(query, context) {
  const connection = await mysql.createConnection(env.DB_CONNECTION_URI);
  try {
    const [[user]] = await connection.execute(
      `SELECT id, name, email, email_verified_at
       FROM users
       WHERE LOWER(email) = LOWER(?) OR id = ?
       LIMIT 1`,
      // What was not asked for is NULL, which equals nothing.
      [query.email ?? null, query.id ?? null],
    );

    // Only an explicit null says that there is no such person. An error means that nobody knows, and nobody may register.
    if (!user) return null;

    return {
      id: user.id,
      email: user.email,
      emailVerified: user.email_verified_at !== null,
      name: user.name,
    };
  } finally {
    await connection.end();
  }
}
