// mssql: https://www.npmjs.com/package/mssql. JavaScript only, above tedious, as the original is.
(function (kit, module, require) {
  'use strict';
  const types = require('internal/mssql/types');
  const { ConnectionPool } = require('internal/mssql/pool');
  const { Request, Transaction, PreparedStatement } = require('internal/mssql/request');
  const { shared, TYPES } = types;

  // Methods of a pool that make others of these classes.
  Object.assign(ConnectionPool.prototype, {
    request(config) { return new Request(this, config); },
    transaction(config) { return new Transaction(this, config); },
    query(...args) { return ask(new Request(this), 'query', args); },
    batch(...args) { return ask(new Request(this), 'batch', args); },
  });
  for (const name of ['request', 'transaction', 'query', 'batch']) Object.defineProperty(ConnectionPool.prototype, name, { enumerable: false });

  function ask(request, method, args) {
    return typeof args[0] === 'string' ? request[method](args[0], args[1]) : request._template(args[0], args.slice(1), method);
  }

  const handlers = [];

  /** The global pool: made by the first call, connected by each. */
  function connect(config, callback) {
    if (!shared.pool) {
      const pool = new ConnectionPool(config);
      shared.pool = pool;
      for (const [event, handler] of handlers) pool.on(event, handler);
      pool.close = (done) => {
        if (shared.pool === pool) shared.pool = null;
        return ConnectionPool.prototype.close.call(pool, done);
      };
    }
    if (typeof callback === 'function') {
      return shared.pool.connect((error, pool) => {
        if (error) shared.pool = null;
        callback(error, pool);
      });
    }
    return shared.pool.connect().catch((error) => {
      shared.pool = null;
      throw error;
    });
  }

  function close(callback) {
    const { pool } = shared;
    shared.pool = null;
    if (pool) return pool.close(callback);
    if (typeof callback !== 'function') return Promise.resolve(null);
    setImmediate(callback);
    return null;
  }

  function on(event, handler) {
    handlers.push([event, handler]);
    shared.pool?.on(event, handler);
    return shared.pool;
  }

  function removeListener(event, handler) {
    const at = handlers.findIndex(([each, known]) => each === event && known === handler);
    if (at >= 0) handlers.splice(at, 1);
    shared.pool?.removeListener(event, handler);
    return shared.pool;
  }

  const sql = {
    ConnectionPool, Transaction, Request, PreparedStatement,
    ...types.errors,
    Table: types.Table,
    ISOLATION_LEVEL: types.ISOLATION_LEVEL,
    TYPES,
    MAX: types.MAX,
    map: types.map,
    getTypeByValue: types.getTypeByValue,
    connect, close, on, removeListener, off: removeListener,
    query: (...args) => ask(new Request(), 'query', args),
    batch: (...args) => ask(new Request(), 'batch', args),
    valueHandler: types.valueHandler,
    Promise,
  };
  for (const [name, type] of Object.entries(TYPES)) {
    sql[name] = type;
    sql[name.toUpperCase()] = type;
  }

  // Before mssql 4 a pool was a Connection.
  Object.defineProperty(sql, 'Connection', { value: ConnectionPool, enumerable: false });
  Object.defineProperty(sql, 'default', { value: sql, enumerable: false });
  module.exports = sql;
})
