// tedious: https://tediousjs.github.io/tedious/. The host part is SqlServerSession.cs; TDS itself is spoken there.
(function (kit, module, require) {
  'use strict';
  const EventEmitter = require('events');
  const { TYPES, encode, readColumns, readOutput } = require('internal/mssql/tds-types');

  class ConnectionError extends Error {
    constructor(message, code, options) {
      super(message, options);
      this.code = code;
    }
  }

  class RequestError extends Error {
    constructor(message, code, options) {
      super(message, options);
      this.code = code;
    }
  }

  const ISOLATION_LEVEL = { NO_CHANGE: 0, READ_UNCOMMITTED: 1, READ_COMMITTED: 2, REPEATABLE_READ: 3, SERIALIZABLE: 4, SNAPSHOT: 5 };
  const isolationNames = [undefined, 'READ UNCOMMITTED', 'READ COMMITTED', 'REPEATABLE READ', 'SERIALIZABLE', 'SNAPSHOT'];
  const TDS_VERSION = { '7_1': 0x71000001, '7_2': 0x72090002, '7_3_A': 0x730A0003, '7_3_B': 0x730B0003, '7_4': 0x74000004, '8_0': 0x08000000 };

  function assertIsolationLevel(level, name) {
    const kind = name.includes('.') ? 'property' : 'argument';
    if (typeof level !== 'number') throw new TypeError(`The "${name}" ${kind} must be of type number. Received type ${typeof level} (${level})`);
    if (!Number.isInteger(level)) throw new RangeError(`The value of "${name}" is out of range. It must be an integer. Received: ${level}`);
    if (!(level >= 0 && level <= 5)) throw new RangeError(`The value of "${name}" is out of range. It must be >= 0 && <= 5. Received: ${level}`);
  }

  class Request extends EventEmitter {
    constructor(sqlTextOrProcedure, callback, options) {
      super();
      this.sqlTextOrProcedure = sqlTextOrProcedure;
      this.parameters = [];
      this.parametersByName = {};
      this.preparing = false;
      this.handle = undefined;
      this.canceled = false;
      this.paused = false;
      this.error = undefined;
      this.connection = undefined;
      this.timeout = undefined;
      this.userCallback = callback;
      this.statementColumnEncryptionSetting = options?.statementColumnEncryptionSetting ?? 0;
      this.callback = function finish(error, rowCount, rows) {
        if (this.preparing) {
          this.preparing = false;
          if (error) this.emit('error', error);
          else this.emit('prepared');
          return;
        }
        if (typeof this.userCallback === 'function') this.userCallback(error, rowCount, rows);
        this.emit('requestCompleted');
      };
    }

    addParameter(name, type, value, options) {
      const { output = false, length, precision, scale } = options ?? {};
      const parameter = { type, name, value, output, length, precision, scale };
      this.parameters.push(parameter);
      this.parametersByName[name] = parameter;
    }

    addOutputParameter(name, type, value, options) { this.addParameter(name, type, value, { ...options, output: true }); }

    makeParamsParameter(parameters) {
      return parameters.map((parameter) => `@${parameter.name} ${parameter.type.declaration(parameter)}${parameter.output ? ' OUTPUT' : ''}`).join(', ');
    }

    validateParameters(collation, options) {
      for (const parameter of this.parameters) {
        try {
          parameter.value = parameter.type.validate(parameter.value, collation, options);
        } catch (error) {
          throw new RequestError(`Validation failed for parameter '${parameter.name}'. ${error.message}`, 'EPARAM', { cause: error });
        }
      }
    }

    pause() {
      if (this.paused) return;
      this.emit('pause');
      this.paused = true;
    }

    resume() {
      if (!this.paused) return;
      this.paused = false;
      this.emit('resume');
    }

    cancel() {
      if (this.canceled) return;
      this.canceled = true;
      this.emit('cancel');
    }

    setTimeout(timeout) { this.timeout = timeout; }
  }

  const STATE = {
    INITIALIZED: { name: 'Initialized' },
    CONNECTING: { name: 'Connecting' },
    LOGGED_IN: { name: 'LoggedIn' },
    SENT_CLIENT_REQUEST: { name: 'SentClientRequest' },
    FINAL: { name: 'Final' },
  };

  const mustBe = (value, type, name) => {
    if (value !== undefined && typeof value !== type) throw new TypeError(`The "config.${name}" property must be of type ${type}.`);
    return value;
  };

  /**
   * Both generations of settings. Before tedious 4 user and password were beside the server, TLS was off unless asked for, and
   * rows could be read by a column's name: what only such a script expects, only such settings switch on.
   */
  function readConfig(config) {
    if (typeof config !== 'object' || config === null) throw new TypeError('The "config" argument is required and must be of type Object.');
    if (typeof config.server !== 'string') throw new TypeError('The "config.server" property is required and must be of type string.');
    const isOld = config.authentication === undefined && (config.userName !== undefined || config.password !== undefined);
    const authentication = { type: 'default', options: { userName: isOld ? config.userName : undefined, password: isOld ? config.password : undefined } };
    if (config.authentication !== undefined) {
      const given = config.authentication;
      if (typeof given !== 'object' || given === null) throw new TypeError('The "config.authentication" property must be of type Object.');
      if (typeof given.type !== 'string') throw new TypeError('The "config.authentication.type" property must be of type string.');
      if (given.options !== undefined && (typeof given.options !== 'object' || given.options === null)) throw new TypeError('The "config.authentication.options" property must be of type object.');
      authentication.type = given.type;
      authentication.options.userName = mustBe(given.options?.userName, 'string', 'authentication.options.userName');
      authentication.options.password = mustBe(given.options?.password, 'string', 'authentication.options.password');
    }
    const given = config.options ?? {};
    if (given.port && given.instanceName) throw new Error(`Port and instanceName are mutually exclusive, but ${given.port} and ${given.instanceName} provided`);
    for (const name of ['database', 'appName', 'instanceName', 'serverName']) mustBe(given[name], 'string', `options.${name}`);
    for (const name of ['connectTimeout', 'requestTimeout']) mustBe(given[name], 'number', `options.${name}`);
    for (const name of ['rowCollectionOnDone', 'rowCollectionOnRequestCompletion', 'trustServerCertificate', 'useColumnNames', 'useUTC', 'camelCaseColumns', 'readOnlyIntent']) mustBe(given[name], 'boolean', `options.${name}`);
    if (given.encrypt !== undefined && typeof given.encrypt !== 'boolean' && given.encrypt !== 'strict') {
      throw new TypeError('The "encrypt" property must be set to "strict", or of type boolean.');
    }
    if (given.port !== undefined) {
      mustBe(given.port, 'number', 'options.port');
      if (given.port <= 0 || given.port >= 65536) throw new RangeError('The "config.options.port" property must be > 0 and < 65536');
    }
    if (given.columnNameReplacer !== undefined && typeof given.columnNameReplacer !== 'function') throw new TypeError('The "config.options.cancelTimeout" property must be of type function.');
    for (const name of ['isolationLevel', 'connectionIsolationLevel']) if (given[name] !== undefined) assertIsolationLevel(given[name], `config.options.${name}`);
    return {
      isOld,
      server: config.server,
      authentication,
      options: {
        connectTimeout: 15_000,
        requestTimeout: 15_000,
        connectionIsolationLevel: ISOLATION_LEVEL.READ_COMMITTED,
        isolationLevel: ISOLATION_LEVEL.READ_COMMITTED,
        encrypt: !isOld,
        trustServerCertificate: isOld,
        rowCollectionOnDone: false,
        rowCollectionOnRequestCompletion: isOld,
        useColumnNames: false,
        useUTC: true,
        lowerCaseGuids: false,
        tdsVersion: '7_4',
        ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
        port: given.port ?? (given.instanceName ? undefined : 1433),
      },
    };
  }

  /** What is asked of the host to connect. */
  function readTarget({ server, authentication, options }) {
    if (authentication.type !== 'default') {
      throw new ConnectionError(`The authentication type "${authentication.type}" is not available: only logins of SQL Server itself ("default", with userName and password) are.`, 'ELOGIN');
    }
    if (options.cryptoCredentialsDetails?.ca && !options.trustServerCertificate) {
      throw new ConnectionError('`options.cryptoCredentialsDetails.ca` is not available: have the authority trusted by the system LazyMigrate runs on, or set `options.trustServerCertificate`.', 'ESOCKET');
    }
    return {
      server,
      port: options.port,
      instanceName: options.port ? undefined : options.instanceName,
      database: options.database || undefined,
      userName: authentication.options.userName,
      password: authentication.options.password,
      encrypt: options.encrypt === 'strict' ? 'strict' : options.encrypt ? 'mandatory' : 'optional',
      trustServerCertificate: options.trustServerCertificate,
      serverName: options.serverName,
      readOnlyIntent: options.readOnlyIntent,
      connectTimeout: options.connectTimeout || undefined,
    };
  }

  /** A row or its columns by name; of two of one name the first. */
  const byName = (list, nameOf) => {
    const named = Object.create(null);
    for (const item of list) if (named[nameOf(item)] === undefined || named[nameOf(item)] === null) named[nameOf(item)] = item;
    return named;
  };

  /** tedious 0.x gave an array that also had the columns' names. */
  const alsoByName = (list, nameOf) => {
    for (const item of list) {
      const name = nameOf(item);
      if (name !== '' && !(name in list)) Object.defineProperty(list, name, { value: item, enumerable: false, configurable: true, writable: true });
    }
    return list;
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

    /** Raises what the server answered, in its order, and then the request's end. */
    #play(request, kind, result) {
      if (this.request !== request) return;
      const errors = [];
      kit.guard(() => this.#raise(request, kind, result, errors));
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

    #raise(request, kind, result, errors) {
      const { options } = this.config;
      const nameOf = (item) => item.metadata.colName;
      const columnName = (column) => column.colName;
      const isBatch = kind === 'batch';
      // A statement that fails ends too, without a count.
      const last = result.events.findLastIndex(([what]) => what === 'd' || what === 'e');
      const hasFailed = result.events[last]?.[0] === 'e';
      let readRow;
      // With NOCOUNT a result set ends without a count.
      let isOpen = false;
      const done = (count, more) => {
        const rows = request.rst;
        if (options.rowCollectionOnDone) request.rst = [];
        if (count !== undefined) request.rowCount += count;
        isOpen = false;
        request.emit(isBatch ? 'done' : 'doneInProc', count, more, rows);
      };
      for (const [index, [what, data]] of result.events.entries()) {
        if (request.canceled && what !== 'i' && what !== 'e') continue;
        switch (what) {
          case 'c': {
            if (isOpen) done(undefined, true);
            isOpen = true;
            const { metadata, readRow: read } = readColumns(data, options);
            readRow = (row) => {
              const cells = read(row);
              if (options.useColumnNames) return byName(cells, nameOf);
              return this.config.isOld ? alsoByName(cells, nameOf) : cells;
            };
            request.emit('columnMetadata', options.useColumnNames ? byName(metadata, columnName) : this.config.isOld ? alsoByName(metadata, columnName) : metadata);
            break;
          }
          case 'r':
            for (const row of data) {
              const cells = readRow(row);
              if (options.rowCollectionOnRequestCompletion) request.rows.push(cells);
              if (options.rowCollectionOnDone) request.rst.push(cells);
              request.emit('row', cells);
            }
            break;
          case 'd':
            done(data, !isBatch || index < last);
            break;
          case 'i':
            this.emit('infoMessage', this.#message('INFO', data));
            break;
          default: {
            this.emit('errorMessage', this.#message('ERROR', data));
            if (request.canceled) break;
            const error = new RequestError(data.message, 'EREQUEST');
            Object.assign(error, { number: data.number, state: data.state, class: data.class, serverName: '', procName: data.procName, lineNumber: data.lineNumber });
            errors.push(error);
            request.error = errors.length > 1 ? new AggregateError(errors) : error;
          }
        }
      }
      if (result.rolledBack) {
        this.inTransaction = false;
        this.emit('rollbackTransaction');
      }
      if (request.canceled || result.failure) return;
      if (isOpen || (isBatch && (last < 0 || hasFailed))) done(undefined, !isBatch);
      if (isBatch) return;
      if (errors.length === 0) for (const [name, type, value] of result.outputs) request.emit('returnValue', name, readOutput(type, value, options), { type: TYPES[type] });
      request.emit('doneProc', undefined, false, result.status, request.rst);
    }

    // The name of the server is nobody's business here.
    #message(name, data) { return { name, ...data, serverName: '' }; }

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
