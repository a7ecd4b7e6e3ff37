const Database = require('better-sqlite3');
const bcrypt = require('bcrypt');

/**
 * Checks the password of somebody who has not been moved yet, in a SQLite file.
 *
 * Adapt: the table `users`, its columns, and how the password is hashed (here bcrypt).
 *
 * @param {LegacyQuery} query  exactly one of email, phone and username: the one that the person typed
 * @param {string} password  as it was typed
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<LegacyProfile | null>}  null: there is no such user
 */
async function login(query, password, context) {
  // The file is opened for reading only, and must be one that this custom database may read.
  const db = new Database(env.DB_DATABASE, { readonly: true });
  try {
    const user = db
      .prepare(
        `SELECT id, email, phone, username, name, password_hash, email_verified, blocked
         FROM users
         WHERE lower(email) = lower(@email) OR phone = @phone OR username = @username
         LIMIT 1`)
      .get({ email: query.email ?? null, phone: query.phone ?? null, username: query.username ?? null });

    // There is no such user.
    if (!user) return null;

    // The user has no password, or it is another one.
    if (!user.password_hash || !(await bcrypt.compare(password, user.password_hash))) {
      throw new WrongPasswordError();
    }

    // The password is right: this is whom to move. Never return the password or its hash.
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
