const Database = require('better-sqlite3');

/**
 * Looks somebody up without a password, in a SQLite file: before a registration and for a forgotten password.
 *
 * Adapt: the table `users` and its columns.
 *
 * @param {LegacyQuery} query  exactly one of email, phone, username and id
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<LegacyProfile | null>}  null: there is no such person
 */
async function searchUser(query, context) {
  const db = new Database(env.DB_DATABASE, { readonly: true });
  try {
    const user = db
      .prepare(
        `SELECT id, email, phone, username, name, email_verified, blocked
         FROM users
         WHERE lower(email) = lower(@email) OR phone = @phone OR username = @username OR CAST(id AS TEXT) = @id
         LIMIT 1`)
      .get({ email: query.email ?? null, phone: query.phone ?? null, username: query.username ?? null, id: query.id ?? null });

    // Only an explicit null says that there is no such person. An error means that nobody knows, and nobody may register.
    if (!user) return null;

    return {
      id: user.id,
      email: user.email,
      emailVerified: Boolean(user.email_verified),
      phone: user.phone,
      username: user.username,
      name: user.name,
      blocked: Boolean(user.blocked),
    };
  } finally {
    db.close();
  }
}
