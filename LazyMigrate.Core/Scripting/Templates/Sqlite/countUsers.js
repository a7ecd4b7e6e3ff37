const Database = require('better-sqlite3');

/**
 * Tells how many people the SQLite file holds: what the progress of the migration is measured against.
 *
 * Adapt: the table `users`. Count the same people that `login` can find.
 *
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<number>}  a whole number
 */
async function countUsers(context) {
  const db = new Database(env.DB_DATABASE, { readonly: true });
  try {
    return db.prepare('SELECT count(*) FROM users').pluck().get();
  } finally {
    db.close();
  }
}
