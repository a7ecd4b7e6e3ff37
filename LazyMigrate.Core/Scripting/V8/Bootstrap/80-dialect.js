// What only scripts of the dialect auth0 see: their settings under the name `configuration`, and the libraries that
// scripts written before 2022 use without requiring them.
if (settings.dialect === 'Auth0') {
  defineGlobal('configuration', Object.freeze({ ...settings.variables }));

  // postgres(uri, (err, client, done) => …) was pg.connect under another name.
  const postgres = () => {
    const pg = requireModule('pg');
    return Object.assign((config, callback) => pg.connect(config, callback), pg);
  };
  // A pool of mysql as the old sandbox made it: mysql_pool(options) answers with mysql.createPool(options).
  const mysqlPool = () => {
    const mysql = requireModule('mysql');
    return Object.assign((options) => mysql.createPool(options), mysql);
  };
  // mongo(uri, (db) => …) gave the database itself; in later scripts mongo is the driver.
  const mongo = () => {
    const mongodb = requireModule('mongodb');
    return Object.assign((uri, callback) => mongodb.MongoClient.connect(uri, (error, client) => {
      if (error) throw error;
      // Old scripts ask what they get for a collection, later ones for a database by name.
      const database = client.db();
      callback(Object.assign(database, { db: (name) => client.db(name), close: (...rest) => client.close(...rest) }));
    }), mongodb);
  };
  // mysql(options) was mysql.createConnection(options): https://auth0.com/docs, template "MySQL".
  const mysqlConnection = () => {
    const mysql = requireModule('mysql');
    return Object.assign((options) => mysql.createConnection(options), mysql);
  };
  // sqlserver.connect(config) is a connection of tedious under way, whose rows have columns by name: template "SQL Server".
  const sqlserver = () => {
    const tedious = requireModule('tedious');
    return {
      ...tedious,
      Types: tedious.TYPES,
      connect(config) {
        const connection = new tedious.Connection({ ...config, options: { ...config?.options, useColumnNames: true } });
        connection.connect();
        return connection;
      },
    };
  };
  const libraries = {
    __proto__: null,
    _: 'lodash',
    async: 'async',
    bcrypt: 'bcrypt',
    bluebird: 'bluebird',
    crypto: 'crypto',
    jwt: 'jsonwebtoken',
    mongo,
    mysql: mysqlConnection,
    mysql_pool: mysqlPool,
    pg: 'pg',
    postgres,
    querystring: 'querystring',
    request: 'request',
    sqlserver,
    url: 'url',
    util: 'util',
    uuid: 'uuid',
    xml2js: 'xml2js',
    xmldom: 'xmldom',
    xpath: 'xpath',
  };
  for (const name of objectKeys(libraries)) {
    const library = libraries[name];
    defineLazyGlobal(name, typeof library === 'function' ? library : () => requireModule(library));
  }
}
