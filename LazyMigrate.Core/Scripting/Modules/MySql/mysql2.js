// mysql2: https://sidorares.github.io/node-mysql2/docs. The host part is MySqlSession.cs.
(function (kit, module, require, values) {
  'use strict';
  const EventEmitter = require('events');
  const { types, typeNames, binaryCharset } = values;
  const sqlText = values.sqlText('mysql2');

  class ResultSetHeader {}
  class ColumnDefinition {
    get db() { return this.schema; }
  }

  /** Its message is the server's sentence; its `sql` the statement as it was written, without what was filled in. */
  function asMysqlError(error, sql) {
    if (error.sqlMessage !== undefined && sql !== undefined) error.sql = sql;
    return error;
  }

  function parseUrl(uri) {
    const url = new URL(uri);
    const options = {
      host: decodeURIComponent(url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname),
      port: Number.parseInt(url.port, 10),
      database: decodeURIComponent(url.pathname.slice(1)),
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
    };
    for (const [name, value] of url.searchParams) {
      if (name in options) continue;
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
      let options = typeof given === 'string' ? parseUrl(given) : given ?? {};
      if (options.uri) {
        options = { ...options };
        for (const [name, value] of Object.entries(parseUrl(options.uri))) if (!options[name]) options[name] = value;
      }
      this.host = options.host || 'localhost';
      this.port = Number.parseInt(options.port, 10) || 3306;
      this.socketPath = options.socketPath;
      this.user = options.user || undefined;
      this.password = options.password || options.password1 || undefined;
      this.database = options.database || undefined;
      this.connectTimeout = Number.isNaN(Number(options.connectTimeout)) ? 10_000 : options.connectTimeout;
      this.supportBigNumbers = options.supportBigNumbers || false;
      this.bigNumberStrings = options.bigNumberStrings || false;
      this.decimalNumbers = options.decimalNumbers || false;
      this.dateStrings = options.dateStrings || false;
      this.stringifyObjects = options.stringifyObjects || false;
      const zone = options.timezone || 'local';
      this.timezone = /^(?:local|Z|[ +-]\d\d:\d\d)$/.test(zone) ? zone.replace(/^ /, '+') : 'Z';
      this.queryFormat = options.queryFormat;
      this.multipleStatements = options.multipleStatements || false;
      this.rowsAsArray = options.rowsAsArray || false;
      this.namedPlaceholders = options.namedPlaceholders || false;
      this.nestTables = options.nestTables;
      this.typeCast = options.typeCast ?? true;
      this.jsonStrings = options.jsonStrings || false;
      if (typeof options.ssl === 'string') throw new TypeError(`Unknown SSL profile '${options.ssl}'`);
      if (options.ssl && typeof options.ssl !== 'object') throw new TypeError(`SSL profile must be an object, instead it's a ${typeof options.ssl}`);
      this.ssl = options.ssl ? { ...options.ssl, rejectUnauthorized: options.ssl.rejectUnauthorized !== false } : false;
    }
  }

  // Values out of MySQL's text: mysql2's parsers.
  function parseDate(text, zone, hasTime) {
    const match = /^(\d{4})-(\d{2})-(\d{2})(?: (\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?)?$/.exec(text);
    if (!match) return new Date(Number.NaN);
    const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = ''] = match;
    if (hasTime && (month === '00' || day === '00')) return new Date(Number.NaN);
    const parts = [Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second), Number(fraction.padEnd(3, '0').slice(0, 3))];
    if (!zone || zone === 'local') {
      if (!hasTime) return new Date(...parts.slice(0, 3));
      const date = new Date(2000, parts[1], parts[2], ...parts.slice(3));
      date.setFullYear(parts[0], parts[1], parts[2]);
      return date;
    }
    const offset = zone === 'Z' ? 'Z' : zone;
    return new Date(hasTime ? `${text.replace(' ', 'T')}${offset}` : `${text}T00:00:00${offset}`);
  }

  const plain = new Set([types.TINY, types.SHORT, types.LONG, types.INT24, types.YEAR, types.FLOAT, types.DOUBLE]);

  function castWith(options) {
    return (field, cell) => {
      if (cell === null) return null;
      const type = field.columnType;
      if (plain.has(type)) return Number(cell);
      switch (type) {
        case types.LONGLONG: {
          if (options.supportBigNumbers && options.bigNumberStrings) return cell;
          const number = Number(cell);
          return options.supportBigNumbers && !Number.isSafeInteger(number) ? cell : number;
        }
        case types.DECIMAL:
        case types.NEWDECIMAL:
          return options.decimalNumbers ? Number(cell) : cell;
        case types.DATE:
        case types.DATETIME:
        case types.TIMESTAMP:
          return values.typeMatch(type, options.dateStrings) ? cell : parseDate(cell, options.timezone, type !== types.DATE);
        case types.GEOMETRY:
          return values.readGeometry(values.bytesOf(cell));
        case types.JSON:
          return options.jsonStrings ? values.textOf(cell) : JSON.parse(values.textOf(cell));
        case types.TIME:
          return cell;
        default:
          return field.characterSet === binaryCharset ? values.bytesOf(cell) : values.textOf(cell);
      }
    };
  }

  function toField([name, orgName, table, orgTable, schema, type, characterSet, columnLength, flags, decimals]) {
    return Object.assign(new ColumnDefinition(), {
      catalog: 'def', schema, name, orgName, table, orgTable, characterSet, columnLength, columnType: type, type, flags, decimals,
      encoding: characterSet === binaryCharset ? 'binary' : 'utf8',
    });
  }

  function toHeader(ok) {
    return Object.assign(new ResultSetHeader(), {
      fieldCount: 0, affectedRows: ok.affectedRows, insertId: ok.insertId, info: '', serverStatus: 2, warningStatus: ok.warnings, changedRows: ok.changed,
    });
  }

  /** `:name` placeholders as `?`, and the object's values in their order: https://github.com/mysqljs/named-placeholders. */
  function unnamed(sql, given) {
    const names = [];
    const text = sql.replace(/'(?:[^'\\]|\\[^]|'')*'|"(?:[^"\\]|\\[^]|"")*"|(::)|:(\d+|[a-zA-Z]\w*)/g, (match, twice, name) => {
      if (name === undefined) return match;
      names.push(name);
      return '?';
    });
    if (names.length === 0) return [sql, []];
    if (given === undefined) throw new Error('Named query contains placeholders, but parameters object is undefined');
    return [text, names.map((name) => given[name])];
  }

  function resolveNames(options, config) {
    options.namedPlaceholders ??= config.namedPlaceholders;
    if (options.namedPlaceholders && !Array.isArray(options.values)) [options.sql, options.values] = unnamed(options.sql, options.values);
  }

  const notAPromise = "You have tried to call .then(), .catch(), or invoked await on the result of query that is not a promise, which is a programming error. Try calling con.promise().query(), or require('mysql2/promise') instead of 'mysql2' for a promise-compatible version of the query interface. To learn how to use async/await or Promises check out documentation at https://sidorares.github.io/node-mysql2/docs#using-promise-wrapper, or the mysql2 documentation at https://sidorares.github.io/node-mysql2/docs/documentation/promise-wrapper";

  class Command extends EventEmitter {
    constructor(onResult, start) {
      super();
      this.onResult = onResult;
      this._start = start;
    }

    fail(error) {
      if (this.onResult) kit.guard(() => this.onResult(error));
      else kit.guard(() => this.emit('error', error));
      kit.guard(() => this.emit('end'));
    }

    finish(...results) {
      if (this.onResult) kit.guard(() => this.onResult(null, ...results));
      kit.guard(() => this.emit('end'));
    }
  }

  class Query extends Command {
    constructor(options, callback) {
      super(callback);
      this.sql = options.sql;
      this.values = options.values;
      this.namedPlaceholders = options.namedPlaceholders;
      this.timeout = options.timeout;
      this._options = options;
    }

    then() {
      console.log(notAPromise);
      throw new Error(notAPromise);
    }

    catch() { return this.then(); }

    deliver(reply, config) {
      const options = { ...config, ...Object.fromEntries(Object.entries(this._options).filter(([, value]) => value !== undefined)) };
      const results = [];
      const fields = [];
      reply.results.forEach((result, index) => {
        if (result.ok) {
          const header = toHeader(result.ok);
          results.push(header);
          fields.push(undefined);
          kit.guard(() => this.emit('fields', undefined));
          kit.guard(() => this.emit('result', header));
          return;
        }
        const columns = result.fields.map(toField);
        const cast = castWith(options);
        const rows = values.readRows(result, columns, {
          typeCast: options.typeCast,
          nestTables: options.nestTables,
          rowsAsArray: options.rowsAsArray,
          row: () => ({}),
          uncast: (field, cell) => values.bytesOf(cell),
          wrap: (field, readers) => ({ type: typeNames[field.columnType], length: field.columnLength, db: field.schema, table: field.table, name: field.name, ...readers }),
        }, cast);
        results.push(rows);
        fields.push(columns);
        kit.guard(() => this.emit('fields', columns));
        if (!this.onResult) for (const row of rows) kit.guard(() => this.emit('result', row, index));
      });
      if (results.length > 1) this.finish(results, fields);
      else if (fields[0]) this.finish(results[0], fields[0]);
      else this.finish(results[0]);
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

  function createQuery(sql, given, callback, config = {}) {
    let call = callback;
    const options = { rowsAsArray: config.rowsAsArray, ...(typeof sql === 'object' ? sql : { sql }) };
    if (typeof given === 'function') call = given;
    else if (given !== undefined) options.values = given;
    return new Query(options, call);
  }

  // What mysql2 makes of a bound value: https://sidorares.github.io/node-mysql2/docs/documentation/prepared-statements
  function toParameter(value) {
    switch (typeof value) {
      case 'number': return { n: String(value) };
      case 'boolean': return { n: value ? '1' : '0' };
      case 'string': return { s: value };
      case 'bigint': return { s: String(value) };
      default:
        if (value === null) return null;
        if (value instanceof Date) return { d: value };
        if (ArrayBuffer.isView(value)) return { b: kit.toBase64(kit.toBytes(value)) };
        return { s: JSON.stringify(value) };
    }
  }

  function dateParameter(date, zone) {
    return { s: sqlText.escape(date, false, zone).slice(1, -1) };
  }

  function checkParameters(given) {
    if (!given) return;
    if (!Array.isArray(given)) throw new TypeError('Bind parameters must be array if namedPlaceholders parameter is not enabled');
    for (const value of given) {
      if (value === undefined) throw new TypeError('Bind parameters must not contain undefined. To pass SQL NULL specify JS null');
      if (typeof value === 'function') throw new TypeError('Bind parameters must not contain function(s). To pass the body of a function as a string call .toString() first');
    }
  }

  class PreparedStatementInfo {
    #connection;
    #sql;
    constructor(connection, sql) {
      this.#connection = connection;
      this.#sql = sql;
    }

    execute(given, callback) { return this.#connection.execute(this.#sql, given, callback); }
    close() {}
  }

  class Connection extends EventEmitter {
    #commands = [];
    #running = false;
    #id;
    #closed = false;
    #failure;
    #connected = false;

    constructor(config) {
      super();
      this.config = config;
      this.threadId = null;
      const handshake = new Command(undefined, async () => {
        const opened = await kit.call('connect', values.toSettings(config));
        this.#id = opened.id;
        this.threadId = opened.threadId;
        if (this._closing) {
          kit.call('end', { id: this.#id });
          return;
        }
        this.#connected = true;
        kit.guard(() => this.emit('connect', { connectionId: opened.threadId, serverVersion: opened.version }));
      });
      handshake.isHandshake = true;
      this.#commands.push(handshake);
      // The listeners that are added right after createConnection must be there before anything happens.
      Promise.resolve().then(() => this.#run());
    }

    get state() {
      if (this.#failure) return 'error';
      if (this._closing) return 'disconnected';
      return this.#connected ? 'authenticated' : 'protocol_handshake';
    }

    async #run() {
      if (this.#running) return;
      this.#running = true;
      while (this.#commands.length > 0 && !this.#failure) {
        const command = this.#commands[0];
        try {
          await command._start();
          this.#commands.shift();
        } catch (error) {
          const broken = command.isHandshake || (error.sqlMessage === undefined && error.code !== 'ERR_NOT_ALLOWED');
          if (broken) {
            this.#break(error, command);
          } else {
            this.#commands.shift();
            command.fail(asMysqlError(error, command.template));
          }
        }
      }
      this.#running = false;
    }

    /** Tells whoever waits; what nobody waits for is the connection's own error. */
    #break(error, current) {
      if (error.sqlMessage === undefined) error.fatal = true;
      this.#failure = error;
      const waiting = this.#commands.splice(0);
      let bubbles = current.isHandshake && waiting.length === 1;
      for (const command of waiting) {
        if (command.onResult) command.fail(error);
        else if (!command.isHandshake) bubbles = true;
      }
      this._closing = true;
      this.#closed = true;
      if (bubbles || this._pool) kit.guard(() => this.emit('error', error));
    }

    #add(command) {
      if (this.#closed) {
        const error = Object.assign(new Error("Can't add new command when connection is in closed state"), { fatal: true });
        if (command.onResult) kit.guard(() => command.onResult(error));
        else kit.guard(() => this.emit('error', error));
        return command;
      }
      this.#commands.push(command);
      if (!this.#running) Promise.resolve().then(() => this.#run());
      return command;
    }

    query(sql, given, callback) {
      const query = sql instanceof Query ? sql : createQuery(sql, given, callback, this.config);
      query.template = query.sql;
      resolveNames(query, this.config);
      query.sql = this.format(query.sql, query.values ?? [], query.namedPlaceholders);
      query._start = async () => query.deliver(await kit.call('query', { id: this.#id, sql: query.sql, timeout: query.timeout }), this.config);
      return this.#add(query);
    }

    execute(sql, given, callback) {
      let call = callback;
      const options = typeof sql === 'object' ? { ...sql } : { sql };
      if (typeof given === 'function') call = given;
      else options.values ||= given;
      options.rowsAsArray ??= this.config.rowsAsArray;
      resolveNames(options, this.config);
      checkParameters(options.values);
      const execute = new Query(options, call);
      execute.template = options.sql;
      const parameters = (options.values ?? []).map(toParameter).map((each) => (each?.d ? dateParameter(each.d, this.config.timezone) : each));
      execute._start = async () => execute.deliver(await kit.call('execute', { id: this.#id, sql: options.sql, values: parameters }), this.config);
      return this.#add(execute);
    }

    prepare(options, callback) {
      const { sql } = typeof options === 'string' ? { sql: options } : options;
      const command = new Command(callback, async () => {
        await kit.call('prepare', { id: this.#id, sql });
        command.finish(new PreparedStatementInfo(this, sql));
      });
      command.template = sql;
      return this.#add(command);
    }

    unprepare() {}

    beginTransaction(callback) { return this.query('START TRANSACTION', callback); }
    commit(callback) { return this.query('COMMIT', callback); }
    rollback(callback) { return this.query('ROLLBACK', callback); }

    ping(callback) {
      const command = new Command(callback, async () => {
        await kit.call('ping', { id: this.#id });
        if (callback) kit.guard(callback);
      });
      return this.#add(command);
    }

    reset(callback) {
      const command = new Command(callback, async () => {
        await kit.call('reset', { id: this.#id });
        command.finish();
      });
      return this.#add(command);
    }

    changeUser(options, callback) {
      const [given, call] = typeof options === 'function' && !callback ? [{}, options] : [options, callback];
      const command = new Command(call, async () => {
        const { user, password, database } = { ...this.config, ...given };
        await kit.call('end', { id: this.#id });
        Object.assign(this.config, { user, password, database });
        this.#id = (await kit.call('connect', values.toSettings(this.config))).id;
        command.finish();
      });
      return this.#add(command);
    }

    connect(callback) {
      if (typeof callback !== 'function') return;
      if (this.#failure) {
        kit.guard(callback, this.#failure);
      } else if (this.#connected) {
        kit.guard(callback, null, this);
      } else {
        const failed = (error) => { this.removeListener('connect', connected); callback(error); };
        const connected = (handshake) => { this.removeListener('error', failed); callback(null, handshake); };
        this.once('error', failed);
        this.once('connect', connected);
      }
    }

    end(callback) {
      const quit = new Command(callback, async () => {
        this._closing = true;
        await kit.call('end', { id: this.#id });
        if (callback) kit.guard(callback);
        kit.guard(() => this.emit('end'));
      });
      this.#add(quit);
      this.#closed = true;
      return quit;
    }

    close() {
      if (this._closing) return;
      this._closing = true;
      this.#closed = true;
      if (this.#id !== undefined) kit.call('destroy', { id: this.#id });
    }

    destroy() { this.close(); }
    pause() {}
    resume() {}
    escape(value) { return sqlText.escape(value, false, this.config.timezone); }
    escapeId(value) { return sqlText.escapeId(value, false); }
    raw(sql) { return sqlText.raw(sql); }

    format(sql, given, namedPlaceholders) {
      if (typeof this.config.queryFormat === 'function') return this.config.queryFormat.call(this, sql, given, this.config.timezone);
      const options = { sql, values: given, namedPlaceholders };
      resolveNames(options, this.config);
      return sqlText.format(options.sql, options.values, this.config.stringifyObjects, this.config.timezone);
    }

    promise(promise) { return new (require('mysql2/promise').PromiseConnection)(this, promise); }

    static createQuery(...args) { return createQuery(...args); }
  }

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
      console.warn('Calling conn.end() to release a pooled connection is deprecated. In next version calling conn.end() will be restored to default conn.end() behavior. Use conn.release() instead.');
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

  const later = (callback, ...args) => { Promise.resolve().then(() => kit.guard(callback, ...args)); };

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
      const connection = new PoolConnection(this, Object.assign(Object.create(ConnectionConfig.prototype), this.config.connectionConfig));
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
      const call = typeof callback === 'function' ? callback : (error) => { if (error) throw error; };
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

  const createConnection = (config) => new Connection(new ConnectionConfig(config));
  const mysql2 = {
    createConnection,
    connect: createConnection,
    Connection,
    ConnectionConfig,
    createPool: (config) => new Pool(config),
    createPoolCluster() { throw new Error('createPoolCluster is not available: a script asks one database. Use createPool.'); },
    createQuery,
    Pool,
    PoolConnection,
    escape: sqlText.escape,
    escapeId: sqlText.escapeId,
    format: sqlText.format,
    raw: sqlText.raw,
    Types: { ...types, ...typeNames },
    get createConnectionPromise() { return require('mysql2/promise').createConnection; },
    get createPoolPromise() { return require('mysql2/promise').createPool; },
  };
  module.exports = mysql2;
})
