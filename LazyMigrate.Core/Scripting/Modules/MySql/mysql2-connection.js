// mysql2: a connection, and the options that it is made of.
(function (kit, require, parts) {
  'use strict';
  const EventEmitter = require('events');
  const { queryOptions, CommonConfig, connect, changeUser, sqlText, asMysqlError, resolveNames, Command, Query, createQuery } = parts;
  const { toParameter, dateParameter, checkParameters, PreparedStatementInfo } = parts;

  function parseUrl(uri) {
    const url = new URL(uri);
    const options = {
      host: decodeURIComponent(url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname),
      port: Number.parseInt(url.port, 10),
      database: decodeURIComponent(url.pathname.slice(1)),
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
    };
    for (const [name, value] of queryOptions(url)) if (!(name in options)) options[name] = value;
    return options;
  }

  class ConnectionConfig extends CommonConfig {
    constructor(given) {
      let options = typeof given === 'string' ? parseUrl(given) : given ?? {};
      if (options.uri) {
        options = { ...options };
        for (const [name, value] of Object.entries(parseUrl(options.uri))) if (!options[name]) options[name] = value;
      }
      super(options);
      this.port = Number.parseInt(options.port, 10) || 3306;
      this.password = options.password || options.password1 || undefined;
      this.database = options.database || undefined;
      this.connectTimeout = Number.isNaN(Number(options.connectTimeout)) ? 10_000 : options.connectTimeout;
      this.decimalNumbers = options.decimalNumbers || false;
      const zone = options.timezone || 'local';
      this.timezone = /^(?:local|Z|[ +-]\d\d:\d\d)$/.test(zone) ? zone.replace(/^ /, '+') : 'Z';
      this.rowsAsArray = options.rowsAsArray || false;
      this.namedPlaceholders = options.namedPlaceholders || false;
      this.nestTables = options.nestTables;
      this.jsonStrings = options.jsonStrings || false;
      if (options.ssl && typeof options.ssl !== 'object') throw new TypeError(`SSL profile must be an object, instead it's a ${typeof options.ssl}`);
    }
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
        const opened = await connect(config);
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
        this.#id = await changeUser(this.#id, this.config, given);
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

  return { parseUrl, ConnectionConfig, Connection };
})
