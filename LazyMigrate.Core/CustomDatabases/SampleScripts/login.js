const Database = require('better-sqlite3');
const bcrypt = require('bcrypt');

/**
 * Called when somebody logs in who is not in LazyMigrate yet. Whoever it accepts is moved, and never asked about again.
 *
 * Return a profile: the password is right. Return null: there is no such person.
 * Throw new WrongPasswordError(): the person exists, but the password is wrong.
 *
 * @param {LegacyQuery} query  exactly one of email (lower case), phone (+491234…) and username (lower case)
 * @param {string} password  as it was typed
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<LegacyProfile | null>}
 */
async function login(query, password, context) {
  // env holds the settings of the custom database. This shop is only ever read.
  const db = new Database(env.DB_CONNECTION_URI, { readonly: true });
  try {
    const row = find(db, query);
    if (!row) {
      return null;
    }

    if (!(await bcrypt.compare(password, row.password_hash))) {
      throw new WrongPasswordError();
    }

    return toProfile(row);
  } finally {
    db.close();
  }
}

/** @param {LegacyQuery} query */
function find(db, query) {
  // Values go in as parameters (the question marks), never into the SQL text.
  if (query.email) {
    return db.prepare('SELECT * FROM customers WHERE email = ?').get(query.email);
  }
  if (query.phone) {
    return db.prepare('SELECT * FROM customers WHERE phone = ?').get(query.phone);
  }
  return db.prepare('SELECT * FROM customers WHERE username = ?').get(query.username);
}

/** @returns {LegacyProfile} */
function toProfile(row) {
  return {
    id: row.id, // the key in this database; it must never change
    email: row.email,
    emailVerified: row.email_verified === 1,
    phone: row.phone,
    username: row.username,
    name: row.full_name,
    blocked: row.is_blocked === 1, // a blocked person is not let in, even with the right password
    signedUp: row.created_at,
  };
}
