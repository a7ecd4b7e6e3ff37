// mongo-getdb: https://www.npmjs.com/package/mongo-getdb. mongo(uri, (db) => …) gives the database that the URI names, or an
// error as `mongo(uri, callback)` of later versions does: (error, db). One parameter tells the two apart.
(function (kit, module, require) {
  'use strict';
  const mongodb = require('mongodb');

  function mongo(uri, options, callback) {
    const call = typeof options === 'function' ? options : callback;
    if (typeof call !== 'function') throw new TypeError('mongo(uri, callback): the callback is missing.');
    const hasErrors = call.length > 1;
    mongodb.MongoClient.connect(uri, (error, client) => {
      if (error) {
        if (hasErrors) kit.guard(call, error);
        else kit.threw(error);
        return;
      }
      // Old scripts ask what they get for a collection, later ones for a database by name.
      const database = Object.assign(client.db(), { db: (name) => client.db(name), close: (...rest) => client.close(...rest) });
      if (hasErrors) kit.guard(call, null, database);
      else kit.guard(call, database);
    });
  }

  // `mongo` is also the driver under that name.
  module.exports = Object.assign(mongo, mongodb);
})
