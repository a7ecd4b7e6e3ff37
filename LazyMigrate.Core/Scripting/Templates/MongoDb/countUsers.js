const { MongoClient } = require('mongodb');

/**
 * Tells how many people the MongoDB database holds: what the progress of the migration is measured against.
 *
 * Adapt: the collection `users`. Count the same people that `login` can find.
 *
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<number>}  a whole number
 */
async function countUsers(context) {
  const client = new MongoClient(env.DB_CONNECTION_URI);
  try {
    return await client.db().collection('users').countDocuments();
  } finally {
    await client.close();
  }
}
