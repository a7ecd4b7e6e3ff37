const { MongoClient, ObjectId } = require('mongodb');

/** The one field that was asked for; e-mail addresses whatever their case. */
const filterOf = (query) => {
  if (query.email) return { $expr: { $eq: [{ $toLower: '$email' }, query.email.toLowerCase()] } };
  if (query.phone) return { phone: query.phone };
  if (query.username) return { username: query.username };
  // An id that no document of this collection can have is an id of nobody.
  return ObjectId.isValid(query.id) ? { _id: new ObjectId(query.id) } : { _id: query.id };
};

/**
 * Looks somebody up without a password, in a MongoDB database: before a registration and for a forgotten password.
 *
 * Adapt: the collection `users` and its fields.
 *
 * @param {LegacyQuery} query  exactly one of email, phone, username and id
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<LegacyProfile | null>}  null: there is no such person
 */
async function searchUser(query, context) {
  const client = new MongoClient(env.DB_CONNECTION_URI);
  try {
    const user = await client.db().collection('users').findOne(filterOf(query), { projection: { passwordHash: 0 } });

    // Only an explicit null says that there is no such person. An error means that nobody knows, and nobody may register.
    if (!user) return null;

    return {
      id: user._id.toString(),
      email: user.email,
      emailVerified: user.emailVerified,
      phone: user.phone,
      username: user.username,
      name: user.name,
      blocked: user.blocked,
    };
  } finally {
    await client.close();
  }
}
