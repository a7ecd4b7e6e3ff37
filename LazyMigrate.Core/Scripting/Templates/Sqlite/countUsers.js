// How many people the SQLite file holds: what the progress of the migration is measured against.
//
// Adapt: the table `users`. Count the same people that `login` can find.
const Database = require('better-sqlite3');

async function countUsers(context) {
  const db = new Database(env.DB_DATABASE, { readonly: true });
  try {
    return db.prepare('SELECT count(*) FROM users').pluck().get();
  } finally {
    db.close();
  }
}
