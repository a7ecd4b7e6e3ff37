// node-postgres: https://node-postgres.com. The host part is PgSession.cs; values cross as PostgreSQL's text, as in the original.
(function (kit, module, require) {
  'use strict';
  const EventEmitter = require('events');
  const types = require('pg-types');
  const { Query, tell, withEvents } = require('internal/pg-query');
  const isBefore7 = /^[~^]?[0-6](?:\.|$)/.test(kit.version);

  // Values to the server: pg/lib/utils.js.
  const two = (value) => String(value).padStart(2, '0');
  const dateToText = (date) => {
    const offset = -date.getTimezoneOffset();
    const minutes = Math.abs(offset);
    const year = date.getFullYear();
    return `${String(year < 1 ? 1 - year : year).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
      + `T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`
      + `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}${year < 1 ? ' BC' : ''}`;
  };
  const arrayToText = (list) => `{${list.map((item) => {
    if (item === null || item === undefined) return 'NULL';
    if (Array.isArray(item)) return arrayToText(item);
    if (ArrayBuffer.isView(item)) return `"\\\\x${Buffer.from(item).toString('hex')}"`;
    return `"${prepare(item).replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`;
  }).join(',')}}`;
  const prepare = (value) => {
    if (value === null || value === undefined) return null;
    if (typeof value === 'object') {
      if (ArrayBuffer.isView(value)) return `\\x${Buffer.from(value).toString('hex')}`;
      if (value instanceof Date) return dateToText(value);
      if (Array.isArray(value)) return arrayToText(value);
      if (typeof value.toPostgres === 'function') return prepare(value.toPostgres(prepare));
      return JSON.stringify(value);
    }
    return String(value);
  };

  class Result {
    constructor(reply, rowMode) {
      this.command = reply.command;
      this.rowCount = reply.rowCount;
      this.oid = null;
      this.fields = reply.fields.map(([name, dataTypeID]) => ({ name, dataTypeID, format: 'text' }));
      const readers = this.fields.map((field) => types.getTypeParser(field.dataTypeID));
      const read = (row) => row.map((value, i) => (value === null ? null : readers[i](value)));
      this.rows = rowMode === 'array'
        ? reply.rows.map(read)
        : reply.rows.map((row) => {
          const values = read(row);
          const object = {};
          this.fields.forEach((field, i) => { object[field.name] = values[i]; });
          return object;
        });
    }

    addRow(row) { this.rows.push(row); }
  }

  /** The three ways to call query: text; text and values; one object with both. */
  function readQuery(query, values, callback) {
    const call = typeof values === 'function' ? values : callback;
    const object = typeof query === 'object' && query !== null ? query : { text: query };
    if (typeof object.text !== 'string' || object.text === '') throw new TypeError('Client was passed a null or undefined query');
    const given = Array.isArray(values) ? values : object.values ?? [];
    return { text: object.text, values: given.map(prepare), rowMode: object.rowMode, callback: call ?? object.callback };
  }

  const defaults = {
    host: 'localhost', user: undefined, database: undefined, password: null, connectionString: undefined, port: 5432, rows: 0, binary: false, max: 10, poolSize: 10,
    idleTimeoutMillis: 30000, client_encoding: '', ssl: false, application_name: undefined, statement_timeout: false, query_timeout: false, keepalives: 1, keepalives_idle: 0,
  };

  function readSettings(config) {
    const given = typeof config === 'string' ? { connectionString: config } : config ?? {};
    const variables = process.env;
    const port = given.port ?? variables.PGPORT ?? (defaults.port === 5432 ? undefined : defaults.port);
    const ssl = given.ssl ?? (given.connectionString ? undefined : defaults.ssl || undefined);
    const password = typeof given.password === 'function' ? given.password() : given.password;
    return {
      connectionString: given.connectionString ?? (given.host === undefined ? defaults.connectionString : undefined),
      host: given.host ?? variables.PGHOST ?? defaults.host,
      port: port === undefined ? undefined : Number(port),
      user: given.user ?? variables.PGUSER ?? defaults.user,
      password: password ?? variables.PGPASSWORD ?? defaults.password ?? undefined,
      database: given.database ?? variables.PGDATABASE ?? defaults.database,
      ssl: ssl === false ? 'disable' : undefined,
      tls: kit.tls(ssl === 'no-verify' ? { rejectUnauthorized: false } : ssl),
    };
  }

  class Client extends EventEmitter {
    #settings;
    #id;
    #connecting;
    #ended = false;
    #last = Promise.resolve();

    constructor(config) {
      super();
      this.#settings = readSettings(config);
      const { host, port, user, database } = this.#settings;
      Object.assign(this, { host, port: port ?? 5432, user, database });
    }

    connect(callback) {
      if (this.#connecting) {
        const error = new Error('Client has already been connected. You cannot reuse a client.');
        return kit.answer(Promise.reject(error), callback);
      }
      this.#connecting = kit.call('connect', this.#settings).then((opened) => {
        this.#id = opened.id;
        this.processID = opened.processID;
        return this;
      });
      this.#connecting.then(() => this.emit('connect'), () => {});
      return kit.answer(this.#connecting.then(() => undefined), callback && ((error) => callback(error, error ? undefined : this, () => {})));
    }

    query(query, values, callback) {
      const read = readQuery(query, values, callback);
      const run = async () => {
        if (this.#ended) throw new Error('Client was closed and is not queryable');
        if (!this.#connecting) throw new Error('Client is not connected: call connect() first.');
        await this.#connecting;
        return new Result(await kit.call('query', { id: this.#id, text: read.text, values: read.values }).catch(asDatabaseError), read.rowMode);
      };
      // One after the other, as node-postgres queues them.
      const result = this.#last.then(run);
      const mine = result.then(() => {}, () => {});
      this.#last = mine;
      mine.then(() => { if (this.#last === mine) kit.guard(() => this.emit('drain')); });
      if (query instanceof Query) {
        if (read.callback) kit.answer(result, read.callback);
        else tell(query, result, false);
        return query;
      }
      if (!read.callback) return withEvents(result, false);
      kit.answer(result, read.callback);
      return isBefore7 ? withEvents(result, true) : undefined;
    }

    end(callback) {
      const wasEnded = this.#ended;
      const finish = async () => {
        if (wasEnded || !this.#connecting) return;
        try {
          await this.#connecting;
        } catch {
          return;
        }
        await kit.call('end', { id: this.#id });
        this.emit('end');
      };
      const done = this.#last.then(finish);
      this.#ended = true;
      return kit.answer(done, callback);
    }

    escapeIdentifier(name) { return escapeIdentifier(name); }
    escapeLiteral(value) { return escapeLiteral(value); }
    ref() {}
    unref() {}
  }

  class Pool extends EventEmitter {
    #config;
    #max;
    #idle = [];
    #waiting = [];
    #open = 0;
    #ended = false;

    constructor(config) {
      super();
      this.#config = config;
      this.#max = Math.max(1, Number(config?.max ?? 10));
      this.options = typeof config === 'object' ? { ...config, password: undefined } : {};
    }

    get totalCount() { return this.#open; }
    get idleCount() { return this.#idle.length; }
    get waitingCount() { return this.#waiting.length; }

    async #lease() {
      if (this.#ended) throw new Error('Cannot use a pool after calling end on the pool');
      if (this.#idle.length > 0) return this.#idle.pop();
      if (this.#open >= this.#max) return new Promise((resolve, reject) => { this.#waiting.push({ resolve, reject }); });
      this.#open++;
      const client = new Client(this.#config);
      try {
        await client.connect();
      } catch (error) {
        this.#open--;
        throw error;
      }
      this.emit('connect', client);
      return client;
    }

    #giveBack(client, destroy) {
      if (destroy || this.#ended) {
        this.#open--;
        this.emit('remove', client);
        client.end().catch(() => {});
        const next = this.#waiting.shift();
        if (next) this.#lease().then(next.resolve, next.reject);
        return;
      }
      const next = this.#waiting.shift();
      if (next) next.resolve(client);
      else this.#idle.push(client);
    }

    connect(callback) {
      const leased = this.#lease().then((client) => {
        let released = false;
        client.release = (destroy) => {
          if (released) throw new Error('Release called on client which has already been released to the pool.');
          released = true;
          this.#giveBack(client, Boolean(destroy));
        };
        this.emit('acquire', client);
        return client;
      });
      if (typeof callback !== 'function') return leased;
      leased.then((client) => kit.guard(callback, undefined, client, client.release), (error) => kit.guard(callback, error, undefined, () => {}));
      return undefined;
    }

    query(query, values, callback) {
      const read = readQuery(query, values, callback);
      const run = async () => {
        const client = await this.#lease();
        let failed = false;
        try {
          return await client.query(typeof query === 'object' ? { ...query, callback: undefined } : query, Array.isArray(values) ? values : undefined);
        } catch (error) {
          failed = !error.severity;
          throw error;
        } finally {
          this.#giveBack(client, failed);
        }
      };
      return kit.answer(run(), read.callback);
    }

    end(callback) {
      const close = async () => {
        if (this.#ended) throw new Error('Called end on pool more than once');
        this.#ended = true;
        const idle = this.#idle.splice(0);
        this.#open -= idle.length;
        await Promise.all(idle.map((client) => client.end()));
      };
      return kit.answer(close(), callback);
    }
  }

  const escapeIdentifier = (name) => `"${String(name).replace(/"/g, '""')}"`;
  const escapeLiteral = (value) => {
    const quoted = `'${String(value).replace(/'/g, "''").replace(/\\/g, '\\\\')}'`;
    return quoted.includes('\\') ? ` E${quoted}` : quoted;
  };

  // Its name is "error" in the original: https://github.com/brianc/node-postgres/blob/master/packages/pg-protocol/src/messages.ts
  class DatabaseError extends Error {}
  const asDatabaseError = (error) => {
    if (error.severity) {
      Object.setPrototypeOf(error, DatabaseError.prototype);
      error.name = 'error';
    }
    throw error;
  };

  // Before node-postgres 7: pg.connect(config, (err, client, done) => …) over pools by configuration.
  const pools = new Map();
  function connect(config, callback) {
    const settings = typeof config === 'function' ? undefined : config;
    const key = JSON.stringify(settings ?? null);
    if (!pools.has(key)) pools.set(key, new Pool(typeof settings === 'string' ? { connectionString: settings } : settings));
    return pools.get(key).connect(typeof config === 'function' ? config : callback);
  }

  const pg = { Client, Pool, Query, Result, DatabaseError, types, defaults, escapeIdentifier, escapeLiteral, connect, end() {} };
  pg.default = pg;
  module.exports = pg;
})
