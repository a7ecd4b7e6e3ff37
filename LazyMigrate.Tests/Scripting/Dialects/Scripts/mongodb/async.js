const { MongoClient, ObjectId } = require('mongodb');
const bcrypt = require('bcrypt');

async function login(email, password, callback) {
  const client = await MongoClient.connect(configuration.DB_CONNECTION_URI, { useNewUrlParser: true, useUnifiedTopology: true });
  try {
    const user = await client.db().collection('users').findOne({ email }, { projection: { email: 1, password: 1, roles: 1 } });
    if (user === null || !(await bcrypt.compare(password, user.password))) return callback(new WrongUsernameOrPasswordError(email));
    const { _id, ...rest } = user;
    return callback(null, { user_id: new ObjectId(_id).toHexString(), email: rest.email, app_metadata: { roles: rest.roles } });
  } catch (error) {
    callback(error);
  } finally {
    await client.close();
  }
}
