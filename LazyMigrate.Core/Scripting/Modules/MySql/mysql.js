// mysql: https://github.com/mysqljs/mysql. The host part is MySqlSession.cs.
(function (kit, module, require, values) {
  'use strict';
  const EventEmitter = require('events');
  const { types, typeNames, binaryCharset } = values;
  const sqlText = values.sqlText('mysql');

  class RowDataPacket {}
  class OkPacket {}
  class FieldPacket {}

  /** Its message begins with the code, as in the original. */
  function asMysqlError(error, sql) {
    if (error.sqlMessage === undefined) return error;
    const message = `${error.code}: ${error.sqlMessage}`;
    error.stack = String(error.stack).replace(error.message, () => message);
    error.message = message;
    if (sql !== undefined) Object.assign(error, { index: 0, sql });
    return error;
  }

  function parseUrl(uri) {
    const url = new URL(uri);
    const options = { host: url.hostname, port: url.port || undefined, database: decodeURIComponent(url.pathname.slice(1)) || undefined };
    if (url.username) Object.assign(options, { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) });
    for (const [name, value] of url.searchParams) {
      try {
        options[name] = JSON.parse(value);
      } catch {
        options[name] = value;
      }
    }
    return options;
  }

  class ConnectionConfig {
    constructor(given) {
      const options = typeof given === 'string' ? parseUrl(given) : given ?? {};
      this.host = options.host || 'localhost';
      this.port = Number(options.port) || 3306;
      this.socketPath = options.socketPath;
      this.user = options.user || undefined;
      this.password = options.password || undefined;
      this.database = options.database;
      this.connectTimeout = options.connectTimeout ?? 10_000;
      this.supportBigNumbers = options.supportBigNumbers || false;
      this.bigNumberStrings = options.bigNumberStrings || false;
      this.dateStrings = options.dateStrings || false;
      this.stringifyObjects = options.stringifyObjects || false;
      this.timezone = options.timezone || 'local';
      if (this.timezone[0] === ' ') this.timezone = `+${this.timezone.slice(1)}`;
      this.queryFormat = options.queryFormat;
      this.multipleStatements = options.multipleStatements || false;
      this.typeCast = options.typeCast ?? true;
      if (typeof options.ssl === 'string') throw new TypeError(`Unknown SSL profile '${options.ssl}'`);
      this.ssl = options.ssl ? { ...(options.ssl === true ? {} : options.ssl), rejectUnauthorized: options.ssl.rejectUnauthorized !== false } : false;
    }
  }

  const isNumber = new Set([types.TINY, types.SHORT, types.LONG, types.INT24, types.YEAR, types.FLOAT, types.DOUBLE]);
  const isDate = new Set([types.TIMESTAMP, types.DATE, types.DATETIME, types.NEWDATE]);
  const isText = new Set([types.STRING, types.VAR_STRING, types.TINY_BLOB, types.MEDIUM_BLOB, types.LONG_BLOB, types.BLOB]);

  function castWith(config) {
    return (field, cell) => {
      const { type } = field;
      if (isDate.has(type)) {
        if (cell === null || values.typeMatch(type, config.dateStrings)) return cell;
        const text = type === types.DATE ? `${cell} 00:00:00` : cell;
        const date = new Date(config.timezone === 'local' ? text : `${text} ${config.timezone}`);
        return Number.isNaN(date.getTime()) ? cell : date;
      }
      if (isNumber.has(type)) return cell === null || (field.zeroFill && cell[0] === '0') ? cell : Number(cell);
      if (type === types.NEWDECIMAL || type === types.LONGLONG) {
        if (cell === null || (field.zeroFill && cell[0] === '0')) return cell;
        const asText = config.supportBigNumbers && (config.bigNumberStrings || Math.abs(Number(cell)) >= 2 ** 53);
        return asText ? cell : Number(cell);
      }
      if (type === types.BIT) return values.bytesOf(cell);
      if (type === types.GEOMETRY) return values.readGeometry(values.bytesOf(cell));
      return isText.has(type) && field.charsetNr === binaryCharset ? values.bytesOf(cell) : values.textOf(cell);
    };
  }

  function toField([name, orgName, table, orgTable, db, type, charsetNr, length, flags, decimals]) {
    return Object.assign(new FieldPacket(), {
      catalog: 'def', db, table, orgTable, name, orgName, charsetNr, length, type, flags, decimals, default: undefined, zeroFill: (flags & 0x40) !== 0, protocol41: true,
    });
  }

  // The sentence about an UPDATE ("Rows matched: …") is not known here, and every row found counts as changed.
  function toOk(ok = { affectedRows: 0, insertId: 0, warnings: 0, changed: 0 }) {
    return Object.assign(new OkPacket(), {
      fieldCount: 0, affectedRows: ok.affectedRows, insertId: ok.insertId, serverStatus: 2, warningCount: ok.warnings, message: '', protocol41: true, changedRows: ok.changed,
    });
  }

  /** One turn on a connection: a hand-shake, a query, a ping or a quit. */
  class Sequence extends EventEmitter {
    constructor(name, callback, start) {
      super();
      this.name = name;
      this._callback = callback;
      this._start = start;
      this._ended = false;
    }

    hasErrorHandler() { return Boolean(this._callback) || this.listenerCount('error') > 1; }

    end(error, ...results) {
      if (this._ended) return;
      this._ended = true;
      if (error) kit.guard(() => this.emit('error', error));
      if (this._callback) kit.guard(() => this._callback(error, ...results));
      kit.guard(() => this.emit('end'));
    }
  }

  class Query extends Sequence {
    constructor(options, callback) {
      super('Query', callback);
      this.sql = options.sql;
      this.values = options.values;
      this.typeCast = options.typeCast;
      this.nestTables = options.nestTables || false;
      this.timeout = options.timeout;
    }

    deliver(reply, config) {
      const results = [];
      const fields = [];
      reply.results.forEach((result, index) => {
        if (result.ok) {
          results.push(toOk(result.ok));
          fields.push(undefined);
          if (!this._callback) kit.guard(() => this.emit('result', results.at(-1), index));
          return;
        }
        const packets = result.fields.map(toField);
        const rows = values.readRows(result, packets, {
          typeCast: this.typeCast ?? config.typeCast,
          nestTables: this.nestTables,
          row: () => new RowDataPacket(),
          uncast: (field, cell) => (field.charsetNr === binaryCharset ? values.bytesOf(cell) : values.textOf(cell)),
          wrap: (field, readers) => ({ db: field.db, table: field.table, name: field.name, type: typeNames[field.type], length: field.length, ...readers }),
        }, castWith(config));
        results.push(rows);
        fields.push(packets);
        if (this._callback) return;
        kit.guard(() => this.emit('fields', packets, index));
        for (const row of rows) kit.guard(() => this.emit('result', row, index));
      });
      this.end(null, results.length > 1 ? results : results[0], fields.length > 1 ? fields : fields[0]);
    }

    /** Rows as 'data' events; nothing is held back, because a run's rows are few. */
    stream() {
      const stream = new EventEmitter();
      for (const event of ['error', 'fields', 'result', 'end']) this.on(event, (...args) => stream.emit(event, ...args));
      this.on('result', (row) => stream.emit('data', row));
      this.on('end', () => stream.emit('close'));
      return stream;
    }
  }

  function createQuery(sql, given, callback) {
    if (sql instanceof Query) return sql;
    let call = callback;
    let options = {};
    if (typeof sql === 'function') {
      call = sql;
    } else {
      options = typeof sql === 'object' && sql !== null ? { ...sql } : { sql };
      if (typeof given === 'function') call = given;
      else if (given !== undefined) options.values = given;
    }
    if (call !== undefined && typeof call !== 'function') throw new TypeError('argument callback must be a function when provided');
    return new Query(options, call);
  }

  const withOptions = (options, callback) => (typeof options === 'function' && !callback ? [{}, options] : [options ?? {}, callback]);

  class Connection extends EventEmitter {
    #queue = [];
    #running = false;
    #id;
    #connectCalled = false;
    #quit = false;
    #destroyed = false;
    #fatal;

    constructor(config) {
      super();
      this.config = config;
      this.state = 'disconnected';
      this.threadId = null;
    }

    #enqueue(sequence) {
      const refusal = this.#refusal(sequence);
      sequence.on('error', (error) => this.#delegate(error, sequence));
      if (refusal) {
        Promise.resolve().then(() => sequence.end(refusal));
        return sequence;
      }
      this.#queue.push(sequence);
      kit.guard(() => this.emit('enqueue', sequence));
      this.#next();
      return sequence;
    }

    #refusal({ name }) {
      const [what, code] = this.#fatal ? ['after fatal error.', 'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR']
        : this.#quit ? ['after invoking quit.', 'PROTOCOL_ENQUEUE_AFTER_QUIT']
          : this.#destroyed ? ['after being destroyed.', 'PROTOCOL_ENQUEUE_AFTER_DESTROY']
            : name === 'Handshake' && this.#connectCalled ? ['after already enqueuing a Handshake.', 'PROTOCOL_ENQUEUE_HANDSHAKE_TWICE'] : [];
      return code && Object.assign(new Error(`Cannot enqueue ${name} ${what}`), { code, fatal: false });
    }

    async #next() {
      if (this.#running) return;
      this.#running = true;
      while (this.#queue.length > 0 && !this.#fatal) {
        const sequence = this.#queue[0];
        try {
          await sequence._start();
        } catch (error) {
          // A connection that broke takes everything after it along.
          if (sequence.name === 'Handshake' || error.sqlMessage === undefined && error.code !== 'EACCES' && error.code !== 'ERR_NOT_ALLOWED') error.fatal = true;
          sequence.end(asMysqlError(error, sequence.template));
        }
        this.#queue.shift();
      }
      this.#running = false;
      if (!this.#fatal) kit.guard(() => this.emit('drain'));
    }

    #delegate(error, sequence) {
      if (this.#fatal) return;
      if (error.fatal) this.#fatal = error;
      const pending = this.#queue.filter((each) => each !== sequence);
      const bubbles = !sequence.hasErrorHandler() && (!error.fatal || !pending.some((each) => each.hasErrorHandler()));
      if (bubbles) {
        this.state = 'protocol_error';
        kit.guard(() => this.emit('error', error));
      } else if (error.fatal) {
        this.#queue = [sequence];
        Promise.resolve().then(() => { for (const each of pending) each.end(error); });
      }
      if (error.fatal) {
        this.state = 'disconnected';
        kit.guard(() => this.emit('end', error));
      }
    }

    connect(options, callback) {
      const [, call] = withOptions(options, callback);
      const sequence = new Sequence('Handshake', call);
      sequence._start = async () => {
        const opened = await kit.call('connect', values.toSettings(this.config));
        this.#id = opened.id;
        this.threadId = opened.threadId;
        if (this.#destroyed) {
          kit.call('end', { id: this.#id });
          return;
        }
        this.state = 'connected';
        kit.guard(() => this.emit('connect'));
        sequence.end(null, toOk());
        this.state = 'authenticated';
      };
      this.#enqueue(sequence);
      this.#connectCalled = true;
    }

    #implyConnect() { if (!this.#connectCalled) this.connect(); }

    query(sql, given, callback) {
      const query = createQuery(sql, given, callback);
      if (!(typeof sql === 'object' && sql !== null && 'typeCast' in sql)) query.typeCast = this.config.typeCast;
      // An error's `sql` is the statement as it was written: what was filled in may be a password.
      query.template = query.sql;
      if (query.sql) query.sql = this.format(query.sql, query.values);
      this.#implyConnect();
      query._start = async () => {
        const reply = await kit.call('query', { id: this.#id, sql: query.sql, timeout: query.timeout });
        query.deliver(reply, this.config);
      };
      return this.#enqueue(query);
    }

    beginTransaction(options, callback) { return this.#transaction('START TRANSACTION', options, callback); }
    commit(options, callback) { return this.#transaction('COMMIT', options, callback); }
    rollback(options, callback) { return this.#transaction('ROLLBACK', options, callback); }

    #transaction(sql, options, callback) {
      const [given, call] = withOptions(options, callback);
      return this.query({ ...given, sql, values: null }, call);
    }

    ping(options, callback) {
      const [, call] = withOptions(options, callback);
      this.#implyConnect();
      const sequence = new Sequence('Ping', call);
      sequence._start = async () => {
        await kit.call('ping', { id: this.#id });
        sequence.end(null, toOk());
      };
      this.#enqueue(sequence);
    }

    changeUser(options, callback) {
      const [given, call] = withOptions(options, callback);
      this.#implyConnect();
      const sequence = new Sequence('ChangeUser', call);
      sequence._start = async () => {
        const { user, password, database } = { ...this.config, ...given };
        await kit.call('end', { id: this.#id });
        Object.assign(this.config, { user, password, database });
        this.#id = (await kit.call('connect', values.toSettings(this.config))).id;
        sequence.end(null, toOk());
      };
      this.#enqueue(sequence);
    }

    end(options, callback) {
      const [, call] = withOptions(options, callback);
      this.#implyConnect();
      const sequence = new Sequence('Quit', call);
      sequence._start = async () => {
        await kit.call('end', { id: this.#id });
        this.state = 'disconnected';
        sequence.end(undefined);
        kit.guard(() => this.emit('end'));
      };
      this.#enqueue(sequence);
      this.#quit = true;
    }

    destroy() {
      this.state = 'disconnected';
      if (!this.#destroyed && this.#id !== undefined) kit.call('destroy', { id: this.#id });
      this.#destroyed = true;
      this.#connectCalled = true;
      this.#queue.length = 0;
    }

    pause() {}
    resume() {}
    escape(value) { return sqlText.escape(value, false, this.config.timezone); }
    escapeId(value) { return sqlText.escapeId(value, false); }

    format(sql, given) {
      if (typeof this.config.queryFormat === 'function') return this.config.queryFormat.call(this, sql, given, this.config.timezone);
      return sqlText.format(sql, given, this.config.stringifyObjects, this.config.timezone);
    }
  }

  class PoolConnection extends Connection {
    constructor(pool, config) {
      super(config);
      this._pool = pool;
      this.on('end', () => this._pool?._remove(this));
      this.on('error', (error) => { if (error.fatal) this._pool?._remove(this); });
    }

    release() { if (this._pool && !this._pool._closed) this._pool.releaseConnection(this); }

    end() {
      console.warn('Calling conn.end() to release a pooled connection is deprecated. In next version calling conn.end() will be restored to default conn.end() behavior. Use conn.release() instead.');
      this.release();
    }

    destroy() {
      super.destroy();
      this._pool?._remove(this);
    }

    _realEnd(callback) { super.end(callback); }
  }

  const poolError = (message, code) => Object.assign(new Error(message), { code });
  const later = (callback, ...args) => { Promise.resolve().then(() => kit.guard(callback, ...args)); };

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
      const connection = new PoolConnection(this, Object.assign(Object.create(ConnectionConfig.prototype), this.config.connectionConfig));
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
      const call = typeof callback === 'function' ? callback : (error) => { if (error) throw error; };
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

  const createConnection = (config) => new Connection(new ConnectionConfig(config));
  // Scripts of the dialect auth0 call the module itself: `mysql({ host, user, password, database })`.
  module.exports = Object.assign((config) => createConnection(config), {
    createConnection,
    createPool: (config) => new Pool(config),
    createPoolCluster() { throw new Error('createPoolCluster is not available: a script asks one database. Use createPool.'); },
    createQuery,
    escape: sqlText.escape,
    escapeId: sqlText.escapeId,
    format: sqlText.format,
    raw: sqlText.raw,
    Types: { ...types, ...typeNames },
  });
})
