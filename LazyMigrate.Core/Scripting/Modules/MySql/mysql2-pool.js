// mysql2: a run's pool.
(function (kit, require, parts) {
  'use strict';
  const EventEmitter = require('events');
  const { copyOf, later, orThrow, warnOfEnd, sqlText, createQuery, parseUrl, ConnectionConfig, Connection } = parts;

  class PoolConnection extends Connection {
    constructor(pool, config) {
      super(config);
      this._pool = pool;
      this._released = false;
      this.once('end', () => this._removeFromPool());
      this.once('error', () => this._removeFromPool());
    }

    release() {
      if (this._released || !this._pool || this._pool._closed) return;
      this._released = true;
      this._pool.releaseConnection(this);
    }

    end(callback) {
      warnOfEnd();
      this.release();
      if (typeof callback === 'function') callback();
    }

    destroy() {
      this._removeFromPool();
      super.destroy();
    }

    _removeFromPool() {
      const pool = this._pool;
      if (!pool || pool._closed) return;
      this._pool = null;
      pool._remove(this);
    }

    _realEnd(callback) { super.end(callback); }
    promise(promise) { return new (require('mysql2/promise').PromisePoolConnection)(this, promise); }
  }


  class Pool extends EventEmitter {
    #all = [];
    #free = [];
    #waiting = [];

    constructor(options) {
      super();
      const connectionConfig = new ConnectionConfig(options);
      const given = typeof options === 'string' ? parseUrl(options) : { ...(options?.uri ? parseUrl(options.uri) : {}), ...options };
      this.config = {
        connectionConfig,
        waitForConnections: given.waitForConnections ?? true,
        connectionLimit: Number.isNaN(Number(given.connectionLimit)) ? 10 : Number(given.connectionLimit),
        queueLimit: Number(given.queueLimit) || 0,
      };
      this._closed = false;
    }

    getConnection(callback) {
      if (this._closed) return later(callback, new Error('Pool is closed.'));
      const idle = this.#free.pop();
      if (idle) {
        this.emit('acquire', idle);
        return later(() => {
          idle._released = false;
          callback(null, idle);
        });
      }
      const { connectionLimit, waitForConnections, queueLimit } = this.config;
      if (connectionLimit === 0 || this.#all.length < connectionLimit) return this.#open(callback);
      if (!waitForConnections) return later(callback, new Error('No connections available.'));
      if (queueLimit && this.#waiting.length >= queueLimit) return callback(new Error('Queue limit reached.'));
      this.emit('enqueue');
      this.#waiting.push(callback);
      return undefined;
    }

    #open(callback) {
      const connection = new PoolConnection(this, copyOf(this.config.connectionConfig));
      this.#all.push(connection);
      connection.connect((error) => {
        if (this._closed || error) {
          callback(this._closed ? new Error('Pool is closed.') : error);
          return;
        }
        this.emit('connection', connection);
        this.emit('acquire', connection);
        callback(null, connection);
      });
    }

    releaseConnection(connection) {
      const next = this.#waiting.shift();
      if (!connection._pool) {
        if (next) this.getConnection(next);
      } else if (next) {
        later(() => {
          connection._released = false;
          next(null, connection);
        });
      } else {
        this.#free.push(connection);
        this.emit('release', connection);
      }
    }

    _remove(connection) {
      this.#all = this.#all.filter((each) => each !== connection);
      this.#free = this.#free.filter((each) => each !== connection);
      this.releaseConnection(connection);
    }

    query(sql, given, callback) {
      const query = createQuery(sql, given, callback, this.config.connectionConfig);
      query.namedPlaceholders ??= this.config.connectionConfig.namedPlaceholders;
      this.#with(query, (connection) => connection.query(query));
      return query;
    }

    execute(sql, given, callback) {
      const [bound, call] = typeof given === 'function' ? [[], given] : [given, callback];
      this.#with({ onResult: call }, (connection) => connection.execute(sql, bound, call));
    }

    #with(query, run) {
      const failed = (error) => {
        if (query.onResult) kit.guard(query.onResult, error);
        else kit.guard(() => query.emit('error', error));
      };
      this.getConnection((error, connection) => {
        if (error) {
          failed(error);
          return;
        }
        try {
          run(connection).once('end', () => connection.release());
        } catch (refused) {
          connection.release();
          failed(refused);
        }
      });
    }

    end(callback) {
      this._closed = true;
      const call = orThrow(callback);
      for (const waiting of this.#waiting.splice(0)) later(waiting, new Error('Pool is closed.'));
      const open = this.#all.splice(0);
      this.#free = [];
      if (open.length === 0) {
        call();
        return;
      }
      Promise.all(open.map((connection) => new Promise((resolve) => { connection._realEnd(resolve); }))).then(() => kit.guard(call, undefined));
    }

    format(sql, given) { return sqlText.format(sql, given, this.config.connectionConfig.stringifyObjects, this.config.connectionConfig.timezone); }
    escape(value) { return sqlText.escape(value, this.config.connectionConfig.stringifyObjects, this.config.connectionConfig.timezone); }
    escapeId(value) { return sqlText.escapeId(value, false); }
    promise(promise) { return new (require('mysql2/promise').PromisePool)(this, promise); }
  }

  return { PoolConnection, Pool };
})
