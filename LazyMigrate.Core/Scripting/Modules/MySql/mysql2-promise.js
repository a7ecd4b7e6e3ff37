// mysql2/promise: https://sidorares.github.io/node-mysql2/docs/documentation/promise-wrapper
(function (kit, module, require) {
  'use strict';
  const EventEmitter = require('events');
  const mysql2 = require('mysql2');

  function forward(from, to, events) {
    for (const event of events) from.on(event, (...args) => { if (event !== 'error' || to.listenerCount('error') > 0) to.emit(event, ...args); });
  }

  const settle = (resolve, reject) => (error, rows, fields) => (error ? reject(error) : resolve([rows, fields]));

  function refuseCallback(callback) {
    if (typeof callback === 'function') throw new Error('Callback function is not available with promise clients.');
  }

  /** Calls a method of the original with a callback. */
  const asked = (Implementation, target, method, ...args) => new Implementation((resolve, reject) => {
    target[method](...args, (error, value) => (error ? reject(error) : resolve(value)));
  });

  const rowsOf = (Implementation, target, method, sql, given) => {
    refuseCallback(given);
    return new Implementation((resolve, reject) => {
      if (given === undefined) target[method](sql, settle(resolve, reject));
      else target[method](sql, given, settle(resolve, reject));
    });
  };

  class PromisePreparedStatementInfo {
    constructor(statement, promise) {
      this.statement = statement;
      this.Promise = promise;
    }

    execute(given) { return new this.Promise((resolve, reject) => { this.statement.execute(given ?? [], settle(resolve, reject)); }); }
    close() { return new this.Promise((resolve) => { resolve(this.statement.close()); }); }
  }

  class PromiseConnection extends EventEmitter {
    constructor(connection, promise) {
      super();
      this.connection = connection;
      this.Promise = promise || Promise;
      forward(connection, this, ['error', 'drain', 'connect', 'end', 'enqueue']);
    }

    get config() { return this.connection.config; }
    get threadId() { return this.connection.threadId; }
    release() { this.connection.release(); }
    query(sql, given) { return rowsOf(this.Promise, this.connection, 'query', sql, given); }
    execute(sql, given) { return rowsOf(this.Promise, this.connection, 'execute', sql, given); }
    beginTransaction() { return new this.Promise((resolve, reject) => { this.connection.beginTransaction(settle(resolve, reject)); }); }
    commit() { return new this.Promise((resolve, reject) => { this.connection.commit(settle(resolve, reject)); }); }
    rollback() { return new this.Promise((resolve, reject) => { this.connection.rollback(settle(resolve, reject)); }); }
    ping() { return asked(this.Promise, this.connection, 'ping').then(() => true); }
    reset() { return asked(this.Promise, this.connection, 'reset').then(() => undefined); }
    connect() { return asked(this.Promise, this.connection, 'connect'); }
    changeUser(options) { return asked(this.Promise, this.connection, 'changeUser', options).then(() => undefined); }
    prepare(options) { return asked(this.Promise, this.connection, 'prepare', options).then((statement) => new PromisePreparedStatementInfo(statement, this.Promise)); }
    end() { return new this.Promise((resolve) => { this.connection.end(resolve); }); }
    async [Symbol.asyncDispose]() { if (!this.connection._closing) await this.end(); }
  }
  for (const name of ['close', 'destroy', 'escape', 'escapeId', 'format', 'pause', 'resume', 'unprepare']) {
    Object.defineProperty(PromiseConnection.prototype, name, { value(...args) { return this.connection[name](...args); }, writable: true, configurable: true });
  }

  class PromisePoolConnection extends PromiseConnection {
    destroy() { return this.connection.destroy(); }
    async [Symbol.asyncDispose]() { this.release(); }
  }

  class PromisePool extends EventEmitter {
    constructor(pool, promise) {
      super();
      this.pool = pool;
      this.Promise = promise || Promise;
      forward(pool, this, ['acquire', 'connection', 'enqueue', 'release']);
    }

    getConnection() { return asked(this.Promise, this.pool, 'getConnection').then((connection) => new PromisePoolConnection(connection, this.Promise)); }
    releaseConnection(connection) { if (connection instanceof PromisePoolConnection) connection.release(); }
    query(sql, given) { return rowsOf(this.Promise, this.pool, 'query', sql, given); }
    execute(sql, given) { return rowsOf(this.Promise, this.pool, 'execute', sql, given || undefined); }
    end() { return asked(this.Promise, this.pool, 'end').then(() => undefined); }
    async [Symbol.asyncDispose]() { if (!this.pool._closed) await this.end(); }
    escape(value) { return this.pool.escape(value); }
    escapeId(value) { return this.pool.escapeId(value); }
    format(sql, given) { return this.pool.format(sql, given); }
  }

  function createConnection(options) {
    const connection = mysql2.createConnection(options);
    const Implementation = options.Promise || Promise;
    return new Implementation((resolve, reject) => {
      connection.once('connect', () => resolve(new PromiseConnection(connection, Implementation)));
      connection.once('error', reject);
    });
  }

  module.exports = {
    createConnection,
    createPool: (options) => new PromisePool(mysql2.createPool(options), options?.Promise),
    createPoolCluster: mysql2.createPoolCluster,
    escape: mysql2.escape,
    escapeId: mysql2.escapeId,
    format: mysql2.format,
    raw: mysql2.raw,
    Types: mysql2.Types,
    Connection: PromiseConnection,
    PoolConnection: PromisePoolConnection,
    PromisePool,
    PromiseConnection,
    PromisePoolConnection,
  };
})
