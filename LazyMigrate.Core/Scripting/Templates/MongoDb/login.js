const { MongoClient } = require('mongodb');
const bcrypt = require('bcrypt');

/** The one field that was asked for; e-mail addresses whatever their case. */
const filterOf = (query) => {
  if (query.email) return { $expr: { $eq: [{ $toLower: '$email' }, query.email.toLowerCase()] } };
  if (query.phone) return { phone: query.phone };
  if (query.username) return { username: query.username };
  return null;
};

/**
 * Checks the password of somebody who has not been moved yet, in a MongoDB database.
 *
 * Adapt: the collection `users`, its fields, and how the password is hashed (here bcrypt).
 * Store e-mail addresses in lower case and ask for `{ email }` alone where there are many users: then an index is used.
 *
 * @param {LegacyQuery} query  exactly one of email, phone and username: the one that the person typed
 * @param {string} password  as it was typed
 * @param {ScriptContext} context  who asks, and from where
 * @returns {Promise<LegacyProfile | null>}  null: there is no such user
 */
async function login(query, password, context) {
  const client = new MongoClient(env.DB_CONNECTION_URI);
  try {
    const user = await client.db().collection('users').findOne(filterOf(query));

    // There is no such user.
    if (!user) return null;

    // The user has no password, or it is another one.
    if (!user.passwordHash || !(await bcrypt.compare(password, user.passwordHash))) {
      throw new WrongPasswordError();
    }

    // The password is right: this is whom to move. Never return the password or its hash.
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
