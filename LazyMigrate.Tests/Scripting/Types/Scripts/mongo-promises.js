const { MongoClient, ObjectId } = require('mongodb@4.1.0');
const fetch = require('node-fetch');
const _ = require('lodash');

async function getUser(email, callback) {
  const client = new MongoClient(configuration.MONGO, { useUnifiedTopology: true });
  try {
    await client.connect();
    const user = await client.db('shop').collection('users').findOne({ email: new RegExp('^' + _.escapeRegExp(email) + '$', 'i') });
    if (!user) return callback(null, null);
    const list = await client.db().collection('orders').find({ user: new ObjectId(user._id) }).sort({ at: -1 }).limit(5).toArray();
    const more = await fetch('https://crm.example.org/people/' + encodeURIComponent(user._id), { method: 'GET', timeout: 3000 }).then((r) => r.json());
    return callback(null, { user_id: user._id.toString(), email: user.email, app_metadata: { orders: _.sumBy(list, 'total'), more, last: _.get(list, '[0].at') } });
  } finally {
    await client.close();
  }
}
