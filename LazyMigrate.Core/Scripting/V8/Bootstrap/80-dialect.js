// What only scripts of the dialect auth0 see: their settings under the name `configuration`, and the libraries that
// scripts written before 2022 use without requiring them.
whenSettingsAreKnown.push(() => {
  if (settings.dialect !== 'Auth0') return;
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
  const libraries = {
    __proto__: null,
    _: 'lodash',
    async: 'async',
    bcrypt: 'bcrypt',
    bluebird: 'bluebird',
    crypto: 'crypto',
    jwt: 'jsonwebtoken',
    mongo: 'mongo-getdb',
    mysql: 'mysql',
    mysql_pool: mysqlPool,
    pg: 'pg',
    postgres,
    querystring: 'querystring',
    request: 'request',
    sqlserver: 'tedious',
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
});
