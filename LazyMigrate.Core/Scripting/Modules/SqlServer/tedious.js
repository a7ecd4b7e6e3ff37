// tedious: https://tediousjs.github.io/tedious/. The host part is SqlServerSession.cs; TDS itself is spoken there.
(function (kit, module, require, parts) {
  'use strict';
  const EventEmitter = require('events');
  const { TYPES, encode } = require('internal/mssql/tds-types');
  const { ConnectionError, RequestError, Request, ISOLATION_LEVEL, assertIsolationLevel, readConfig, readTarget, raise } = parts;

  const isolationNames = [undefined, 'READ UNCOMMITTED', 'READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE', 'SNAPSHOT'];
  const TDS_VERSION = { '7_1': 0x71000001, '7_2': 0x72090002, '7_3_A': 0x730A0003, '7_3_B': 0x730B0003, '7_4': 0x74000004, '8_0': 0x08000000 };

  const STATE = {
    INITIALIZED: { name: 'Initialized' },
    CONNECTING: { name: 'Connecting' },
    LOGGED_IN: { name: 'LoggedIn' },
    SENT_CLIENT_REQUEST: { name: 'SentClientRequest' },
    FINAL: { name: 'Final' },
  };

  class Connection extends EventEmitter {
    #id;
    #isStarted = false;
    #isAutomatic = false;

    constructor(config) {
      super();
      this.config = readConfig(config);
      this.STATE = STATE;
      this.state = STATE.INITIALIZED;
      this.closed = false;
      this.inTransaction = false;
      this.request = undefined;
      this.databaseCollation = { codepage: 'CP1252' };
      // Before tedious 9 a connection connected by itself.
      setImmediate(() => {
        if (this.state !== STATE.INITIALIZED) return;
        this.#isAutomatic = true;
        this.#start();
      });
    }

    connect(listener) {
      if (this.state !== STATE.INITIALIZED && !this.#isAutomatic) {
        throw new ConnectionError(`\`.connect\` can not be called on a Connection in \`${this.state.name}\` state.`);
      }
      if (listener) {
        if (this.#isAutomatic && this.state !== STATE.CONNECTING) {
          queueMicrotask(() => kit.guard(listener, this.closed ? new ConnectionError('Connection is closed.', 'ECLOSE') : undefined));
        } else {
          const onConnect = (error) => {
            this.removeListener('error', onError);
            listener(error);
          };
          const onError = (error) => {
            this.removeListener('connect', onConnect);
            listener(error);
          };
          this.once('connect', onConnect);
          this.once('error', onError);
        }
      }
      this.#isAutomatic = false;
      this.#start();
    }

    #start() {
      if (this.#isStarted) return;
      this.#isStarted = true;
      this.state = STATE.CONNECTING;
      const open = async () => kit.call('connect', readTarget(this.config));
      open().then((opened) => {
        this.#id = opened.id;
        if (this.state === STATE.FINAL) {
          kit.call('close', { id: this.#id });
          return;
        }
        this.state = STATE.LOGGED_IN;
        kit.guard(() => {
          this.emit('databaseChange', this.config.options.database ?? 'master');
          this.emit('connect');
        });
      }, (error) => {
        const failed = error instanceof ConnectionError ? error : this.#connectionError(error);
        this.state = STATE.FINAL;
        this.closed = true;
        kit.guard(() => {
          if (failed.code === 'ELOGIN') {
            this.emit('errorMessage', { name: 'ERROR', number: Number(error.number ?? 0), state: 1, class: 14, message: failed.message, serverName: '', procName: '', lineNumber: 1 });
          }
          this.emit('connect', failed);
        });
        kit.guard(() => this.emit('end'));
      });
    }

    #connectionError(error) {
      const cause = error.cause === undefined ? undefined : Object.assign(new Error(error.message.replace(/^.* - /, '')), { code: error.cause, errno: error.errno, syscall: error.syscall });
      return new ConnectionError(error.message, error.code, cause && { cause });
    }

    close() {
      const wasClosed = this.closed || this.state === STATE.FINAL;
      this.state = STATE.FINAL;
      if (wasClosed) return;
      this.closed = true;
      if (this.#id !== undefined) kit.call('close', { id: this.#id });
      queueMicrotask(() => kit.guard(() => this.emit('end')));
      const { request } = this;
      this.request = undefined;
      if (request) request.callback(new RequestError('Connection closed before request completed.', 'ECLOSE'));
    }

    execSqlBatch(request) { this.#send(request, 'batch', request.sqlTextOrProcedure, []); }
    execSql(request) { if (this.#isValid(request)) this.#send(request, 'sql', request.sqlTextOrProcedure, request.parameters); }
    callProcedure(request) { if (this.#isValid(request)) this.#send(request, 'procedure', request.sqlTextOrProcedure, request.parameters); }

    prepare(request) {
      request.preparing = true;
      request.on('returnValue', (name, value) => { if (name === 'handle') request.handle = value; });
      this.#send(request, 'procedure', 'sp_prepare', [
        { name: 'handle', type: TYPES.Int, value: undefined, output: true },
        { name: 'params', type: TYPES.NVarChar, value: request.parameters.length > 0 ? request.makeParamsParameter(request.parameters) : null },
        { name: 'stmt', type: TYPES.NVarChar, value: request.sqlTextOrProcedure },
      ]);
    }

    unprepare(request) {
      this.#send(request, 'procedure', 'sp_unprepare', [{ name: 'handle', type: TYPES.Int, value: request.handle }]);
    }

    execute(request, parameters) {
      let values;
      try {
        values = request.parameters.map((parameter) => ({
          ...parameter,
          value: parameter.type.validate(parameters ? parameters[parameter.name] : null, this.databaseCollation, this.config.options),
        }));
      } catch (error) {
        request.error = error;
        queueMicrotask(() => kit.guard(() => request.callback(error)));
        return;
      }
      this.#send(request, 'procedure', 'sp_execute', [{ name: 'handle', type: TYPES.Int, value: request.handle }, ...values]);
    }

    #isValid(request) {
      try {
        request.validateParameters(this.databaseCollation, this.config.options);
        return true;
      } catch (error) {
        request.error = error;
        queueMicrotask(() => kit.guard(() => request.callback(error)));
        return false;
      }
    }

    #send(request, kind, text, parameters) {
      if (this.state !== STATE.LOGGED_IN) {
        const message = `Requests can only be made in the LoggedIn state, not the ${this.state.name} state`;
        request.callback(new RequestError(message, 'EINVALIDSTATE'));
        return;
      }
      if (request.canceled) {
        queueMicrotask(() => kit.guard(() => request.callback(new RequestError('Canceled.', 'ECANCEL'))));
        return;
      }
      let encoded;
      try {
        encoded = parameters.map((parameter) => encode(parameter, this.config.options));
      } catch (error) {
        queueMicrotask(() => kit.guard(() => request.callback(new RequestError(error.message, 'EPARAM', { cause: error }))));
        return;
      }
      Object.assign(request, { connection: this, rowCount: 0, rows: [], rst: [], error: undefined });
      this.request = request;
      this.state = STATE.SENT_CLIENT_REQUEST;
      request.once('cancel', () => { kit.call('cancel', { id: this.#id }); });
      const reply = kit.call('query', {
        id: this.#id, kind, text: String(text ?? ''), parameters: encoded,
        timeout: request.timeout ?? this.config.options.requestTimeout,
        inTransaction: this.inTransaction,
      });
      reply.then((result) => this.#play(request, kind, result), (error) => this.#play(request, kind, { events: [], outputs: [], failure: [error.code, error.message] }));
    }

    /** What the server answered, and then the request's end. */
    #play(request, kind, result) {
      if (this.request !== request) return;
      kit.guard(() => raise(this, request, kind, result));
      if (this.request !== request) return;
      this.request = undefined;
      let { error } = request;
      if (result.failure) error = new RequestError(result.failure[1], result.failure[0]);
      else if (request.canceled) error = new RequestError('Canceled.', 'ECANCEL');
      request.error = error;
      if (result.lost) {
        this.state = STATE.FINAL;
        this.closed = true;
        if (this.#id !== undefined) kit.call('close', { id: this.#id });
      } else {
        this.state = STATE.LOGGED_IN;
      }
      const stopped = result.failure || request.canceled;
      kit.guard(() => (stopped ? request.callback(error) : request.callback(error, request.rowCount, request.rows)));
      if (result.lost) {
        kit.guard(() => {
          if (this.listenerCount('error') > 0) this.emit('error', new ConnectionError('Connection lost - socket hang up', 'ESOCKET'));
          this.emit('end');
        });
      }
    }

    cancel() {
      if (!this.request || this.request.canceled) return false;
      this.request.cancel();
      return true;
    }

    reset(callback) {
      this.inTransaction = false;
      this.execSqlBatch(new Request('if @@TRANCOUNT > 0 rollback tran', (error) => callback(error)));
    }

    #transaction(text, callback, isOpen) {
      this.execSqlBatch(new Request(text, (error) => {
        if (!error) this.inTransaction = isOpen;
        callback(error, Buffer.alloc(8));
      }));
    }

    beginTransaction(callback, name = '', isolationLevel = this.config.options.isolationLevel) {
      assertIsolationLevel(isolationLevel, 'isolationLevel');
      const level = isolationLevel === ISOLATION_LEVEL.NO_CHANGE ? '' : `set transaction isolation level ${isolationNames[isolationLevel]};`;
      this.#transaction(`${level}begin tran${quoted(name)}`, callback, true);
    }

    commitTransaction(callback, name = '') { this.#transaction(`commit tran${quoted(name)}`, callback, false); }
    rollbackTransaction(callback, name = '') { this.#transaction(`rollback tran${quoted(name)}`, callback, false); }
    saveTransaction(callback, name) { this.#transaction(`save tran${quoted(name)}`, callback, true); }

    transaction(callback, isolationLevel) {
      if (typeof callback !== 'function') throw new TypeError('`cb` must be a function');
      const isNested = this.inTransaction;
      const name = isNested ? `_tedious_${Math.random().toString(16).slice(2)}` : '';
      const end = (error, done, ...args) => {
        if (error) {
          if (!this.inTransaction || this.state !== STATE.LOGGED_IN) done(error, ...args);
          else if (isNested) this.#transaction(`rollback tran${quoted(name)}`, (failed) => done(failed || error, ...args), true);
          else this.rollbackTransaction((failed) => done(failed || error, ...args));
        } else if (isNested) done(null, ...args);
        else this.commitTransaction((failed) => done(failed, ...args));
      };
      const begun = (error) => (error ? callback(error) : callback(null, end));
      if (isNested) this.saveTransaction(begun, name);
      else this.beginTransaction(begun, name, isolationLevel);
    }

    newBulkLoad() { throw new Error('newBulkLoad() is not available: scripts read people, they do not load tables.'); }
    execBulkLoad() { this.newBulkLoad(); }
  }

  const quoted = (name) => (name ? ` [${String(name).replace(/]/g, ']]')}]` : '');

  function connect(config, listener) {
    const connection = new Connection(config);
    connection.connect(listener);
    return connection;
  }

  class BulkLoad extends EventEmitter {
    constructor() {
      super();
      throw new Error('BulkLoad is not available: scripts read people, they do not load tables.');
    }
  }

  const tedious = { BulkLoad, Connection, ConnectionError, ISOLATION_LEVEL, Request, RequestError, TDS_VERSION, TYPES, connect, library: { name: 'tedious' } };
  // The global `sqlserver` of scripts before 2022 said Types.
  Object.defineProperty(tedious, 'Types', { value: TYPES, enumerable: false });
  Object.defineProperty(tedious, 'default', { value: tedious, enumerable: false });
  module.exports = tedious;
})
