// mysql2: https://sidorares.github.io/node-mysql2/docs. The host part is MySqlSession.cs.
(function (kit, module, require, parts) {
  'use strict';
  const { ConnectionConfig, Connection, PoolConnection, Pool, createQuery, sqlText, commonExports } = parts;
  const createConnection = (config) => new Connection(new ConnectionConfig(config));
  module.exports = {
    createConnection,
    connect: createConnection,
    Connection,
    ConnectionConfig,
    createPool: (config) => new Pool(config),
    createQuery,
    Pool,
    PoolConnection,
    ...commonExports(sqlText),
    get createConnectionPromise() { return require('mysql2/promise').createConnection; },
    get createPoolPromise() { return require('mysql2/promise').createPool; },
  };
})
