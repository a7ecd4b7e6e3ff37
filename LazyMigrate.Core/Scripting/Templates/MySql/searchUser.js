const mysql = require('mysql2/promise');

/**
 * Looks somebody up without a password, in a MySQL or MariaDB database: before a registration and for a forgotten password.
 *
 * Adapt: the table `users` and its columns.
 *
 * @param {LegacyQuery} query  exactly one of email, phone, username and id
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<LegacyProfile | null>}  null: there is no such person
 */
async function searchUser(query, context) {
  const connection = await mysql.createConnection(env.DB_CONNECTION_URI);
  try {
    const [[user]] = await connection.execute(
      `SELECT id, email, phone, username, name, email_verified, blocked
       FROM users
       WHERE LOWER(email) = LOWER(?) OR phone = ? OR username = ? OR id = ?
       LIMIT 1`,
      // What was not asked for is NULL, which equals nothing.
      [query.email ?? null, query.phone ?? null, query.username ?? null, query.id ?? null],
    );

    // Only an explicit null says that there is no such person. An error means that nobody knows, and nobody may register.
    if (!user) return null;

    return {
      id: user.id,
      email: user.email,
      emailVerified: user.email_verified === 1,
      phone: user.phone,
      username: user.username,
      name: user.name,
      blocked: user.blocked === 1,
    };
  } finally {
    await connection.end();
  }
}
