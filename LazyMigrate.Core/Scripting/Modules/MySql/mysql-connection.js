// mysql: a connection, and the options that it is made of.
(function (kit, require, parts) {
  'use strict';
  const EventEmitter = require('events');
  const { queryOptions, CommonConfig, connect, changeUser, sqlText, asMysqlError, toOk, Sequence, createQuery } = parts;

  function parseUrl(uri) {
    const url = new URL(uri);
    const options = { host: url.hostname, port: url.port || undefined, database: decodeURIComponent(url.pathname.slice(1)) || undefined };
    if (url.username) Object.assign(options, { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) });
    for (const [name, value] of queryOptions(url)) options[name] = value;
    return options;
  }

  class ConnectionConfig extends CommonConfig {
    constructor(given) {
      const options = typeof given === 'string' ? parseUrl(given) : given ?? {};
      super(options);
      this.port = Number(options.port) || 3306;
      this.password = options.password || undefined;
      this.database = options.database;
      this.connectTimeout = options.connectTimeout ?? 10_000;
      this.timezone = options.timezone || 'local';
      if (this.timezone[0] === ' ') this.timezone = `+${this.timezone.slice(1)}`;
    }
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
        const opened = await connect(this.config);
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
        this.#id = await changeUser(this.#id, this.config, given);
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

  return { parseUrl, ConnectionConfig, Connection };
})
