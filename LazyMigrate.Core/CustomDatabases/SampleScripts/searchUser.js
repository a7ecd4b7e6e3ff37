const Database = require('better-sqlite3');

/**
 * Called when somebody registers: an identifier that the legacy database knows is taken.
 *
 * Return the profile of whoever has it, or null: nobody has it. It must be an explicit null; anything else counts as
 * "not known", and nobody can register.
 *
 * @param {LegacyQuery} query  exactly one of email (lower case), phone (+491234…), username (lower case) and id
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<LegacyProfile | null>}
 */
async function searchUser(query, context) {
  const db = new Database(env.DB_CONNECTION_URI, { readonly: true });
  try {
    const row = find(db, query);
    return row ? toProfile(row) : null;
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
  if (query.username) {
    return db.prepare('SELECT * FROM customers WHERE username = ?').get(query.username);
  }
  return db.prepare('SELECT * FROM customers WHERE id = ?').get(query.id);
}

/** @returns {LegacyProfile} */
function toProfile(row) {
  return {
    id: row.id,
    email: row.email,
    emailVerified: row.email_verified === 1,
    phone: row.phone,
    username: row.username,
    name: row.full_name,
    blocked: row.is_blocked === 1,
    signedUp: row.created_at,
  };
}
