const Database = require('better-sqlite3');

/**
 * Called at most once a minute while somebody looks at the progress: how many people the legacy database holds.
 *
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<number>}
 */
async function countUsers(context) {
  const db = new Database(env.DB_CONNECTION_URI, { readonly: true });
  try {
    return db.prepare('SELECT count(*) AS people FROM customers').get().people;
  } finally {
    db.close();
  }
}
