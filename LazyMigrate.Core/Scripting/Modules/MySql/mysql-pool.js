// mysql: a run's pool.
(function (kit, require, parts) {
  'use strict';
  const EventEmitter = require('events');
  const { copyOf, later, orThrow, warnOfEnd, sqlText, createQuery, parseUrl, ConnectionConfig, Connection } = parts;

  class PoolConnection extends Connection {
    constructor(pool, config) {
      super(config);
      this._pool = pool;
      this.on('end', () => this._pool?._remove(this));
      this.on('error', (error) => { if (error.fatal) this._pool?._remove(this); });
    }

    release() { if (this._pool && !this._pool._closed) this._pool.releaseConnection(this); }

    end() {
      warnOfEnd();
      this.release();
    }

    destroy() {
      super.destroy();
      this._pool?._remove(this);
    }

    _realEnd(callback) { super.end(callback); }
  }

  const poolError = (message, code) => Object.assign(new Error(message), { code });

  class Pool extends EventEmitter {
    #all = [];
    #free = [];
    #waiting = [];

    constructor(options) {
      super();
      const connectionConfig = new ConnectionConfig(options);
      const given = typeof options === 'string' ? parseUrl(options) : options ?? {};
      this.config = {
        connectionConfig,
        acquireTimeout: given.acquireTimeout ?? 10_000,
        connectionLimit: given.connectionLimit === undefined ? 10 : Number(given.connectionLimit),
        waitForConnections: given.waitForConnections ?? true,
        queueLimit: Number(given.queueLimit ?? 0),
      };
      this._closed = false;
    }

    getConnection(callback) {
      if (this._closed) return later(callback, poolError('Pool is closed.', 'POOL_CLOSED'));
      const idle = this.#free.shift();
      if (idle) return this.#hand(idle, callback);
      const { connectionLimit, waitForConnections, queueLimit } = this.config;
      if (connectionLimit === 0 || this.#all.length < connectionLimit) return this.#open(callback);
      if (!waitForConnections) return later(callback, poolError('No connections available.', 'POOL_CONNLIMIT'));
      if (queueLimit && this.#waiting.length >= queueLimit) return later(callback, poolError('Queue limit reached.', 'POOL_ENQUEUELIMIT'));
      this.#waiting.push(callback);
      kit.guard(() => this.emit('enqueue'));
      return undefined;
    }

    #hand(connection, callback) {
      Promise.resolve().then(() => {
        kit.guard(() => this.emit('acquire', connection));
        kit.guard(callback, null, connection);
      });
    }

    #open(callback) {
      const connection = new PoolConnection(this, copyOf(this.config.connectionConfig));
      this.#all.push(connection);
      connection.connect((error) => {
        const failure = this._closed ? poolError('Pool is closed.', 'POOL_CLOSED') : error;
        if (failure) {
          this._remove(connection);
          kit.guard(callback, failure);
          return;
        }
        kit.guard(() => this.emit('connection', connection));
        kit.guard(() => this.emit('acquire', connection));
        kit.guard(callback, null, connection);
      });
    }

    acquireConnection(connection, callback) { this.#hand(connection, callback); }

    releaseConnection(connection) {
      if (connection._pool) {
        if (connection._pool !== this) throw new Error('Connection released to wrong pool');
        if (this.#free.includes(connection)) throw new Error('Connection already released');
        this.#free.push(connection);
        this.emit('release', connection);
      }
      this.#serve();
    }

    #serve() {
      if (this._closed) for (const callback of this.#waiting.splice(0)) later(callback, poolError('Pool is closed.', 'POOL_CLOSED'));
      else if (this.#waiting.length > 0) this.getConnection(this.#waiting.shift());
    }

    _remove(connection) {
      if (connection._pool !== this) return;
      connection._pool = null;
      this.#all = this.#all.filter((each) => each !== connection);
      this.#free = this.#free.filter((each) => each !== connection);
      this.#serve();
    }

    query(sql, given, callback) {
      const query = createQuery(sql, given, callback);
      if (!(typeof sql === 'object' && sql !== null && 'typeCast' in sql)) query.typeCast = this.config.connectionConfig.typeCast;
      this.getConnection((error, connection) => {
        if (error) {
          query.on('error', () => {});
          query.end(error);
          return;
        }
        query.once('end', () => connection.release());
        connection.query(query);
      });
      return query;
    }

    end(callback) {
      this._closed = true;
      const call = orThrow(callback);
      const open = this.#all.splice(0);
      this.#free = [];
      this.#serve();
      const ended = open.filter((connection) => connection.state !== 'disconnected').map((connection) => new Promise((resolve) => {
        connection._pool = null;
        connection._realEnd(resolve);
      }));
      Promise.all(ended).then((errors) => kit.guard(call, errors.find(Boolean)));
    }

    escape(value) { return sqlText.escape(value, this.config.connectionConfig.stringifyObjects, this.config.connectionConfig.timezone); }
    escapeId(value) { return sqlText.escapeId(value, false); }
  }

  return { Pool };
})
