// mysql: https://github.com/mysqljs/mysql. The host part is MySqlSession.cs.
(function (kit, module, require, parts) {
  'use strict';
  const { ConnectionConfig, Connection, Pool, createQuery, sqlText, commonExports } = parts;
  const createConnection = (config) => new Connection(new ConnectionConfig(config));
  // Scripts of the dialect auth0 call the module itself: `mysql({ host, user, password, database })`.
  module.exports = Object.assign((config) => createConnection(config), {
    createConnection,
    createPool: (config) => new Pool(config),
    createQuery,
    ...commonExports(sqlText),
  });
})
