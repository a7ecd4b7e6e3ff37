// mssql's Request, Transaction and PreparedStatement: https://www.npmjs.com/package/mssql#requests
(function (kit, module, require) {
  'use strict';
  const EventEmitter = require('events');
  const tds = require('tedious');
  const types = require('internal/mssql/types');
  const { TYPES, Table, shared, valueHandler, ISOLATION_LEVEL, errors: { ConnectionError, RequestError, TransactionError, PreparedStatementError } } = types;

  const JSON_COLUMN = 'JSON_F52E2B61-18A1-11d1-B105-00805F49916B';
  const XML_COLUMN = 'XML_F52E2B61-18A1-11d1-B105-00805F49916B';

  const timeoutOf = (overrides) => (Number.isFinite(overrides?.requestTimeout) && overrides.requestTimeout >= 0 ? { requestTimeout: overrides.requestTimeout } : {});

  /** A parameter of a request or a prepared statement, checked. */
  function addParameter(owner, ParameterError, io, name, given) {
    if (!types.isParameterName(name)) throw new ParameterError(`Invalid parameter name '${name}'. Parameter names may only contain identifier characters`, 'EINJECT');
    const type = typeof given.type === 'function' ? given.type() : given.type;
    if (Object.hasOwn(owner.parameters, name)) throw new ParameterError(`The parameter name ${name} has already been declared. Parameter names must be unique`, 'EDUPEPARAM');
    const parameter = { name, type: type.type, io };
    if ('value' in given) parameter.value = given.value;
    owner.parameters[name] = { ...parameter, length: type.length, scale: type.scale, precision: type.precision, ...(io === 1 ? { tvpType: type.tvpType } : {}) };
    return owner;
  }

  const plainValue = (given) => {
    const value = given && typeof given.valueOf === 'function' && !(given instanceof Date) ? given.valueOf() : given;
    return value === undefined || (typeof value === 'number' && Number.isNaN(value)) ? null : value;
  };

  function describeColumns(metadata, asArray) {
    const columns = metadata.map((column, index) => ({
      index,
      name: column.colName,
      length: column.dataLength,
      type: types.fromTedious(column.type, column.dataLength),
      scale: column.scale,
      precision: column.precision,
      nullable: Boolean(column.flags & 0x01),
      caseSensitive: Boolean(column.flags & 0x02),
      identity: Boolean(column.flags & 0x10),
      readOnly: !(column.flags & 0x0C),
    }));
    return asArray ? columns : Object.fromEntries(columns.map((column) => [column.name, column]));
  }

  /** A row: two columns of one name become an array. */
  function readRow(cells, asArray) {
    const values = cells.map(({ value, metadata }) => {
      const handler = valueHandler.get(types.fromTedious(metadata.type, metadata.dataLength));
      return handler ? handler(value) : value;
    });
    if (asArray) return values;
    const row = {};
    cells.forEach(({ metadata: { colName } }, i) => {
      const before = row[colName];
      if (before === undefined) row[colName] = values[i];
      else if (Array.isArray(before)) before.push(values[i]);
      else row[colName] = [before, values[i]];
    });
    return row;
  }

  /** What a request has gathered so far. */
  class Gathering {
    recordsets = [];
    allColumns = [];
    output = {};
    rowsAffected = [];
    errors = [];
    returnValue = 0;
    lastOutput = null;
    #request;
    #columns = null;
    #recordset = [];
    #chunks = null;

    constructor(request) { this.#request = request; }

    error(error) {
      if (this.#request.stream) this.#request.emit('error', error);
      this.errors.push(error);
    }

    columns(metadata) {
      const { stream, arrayRowMode, _hasBatchOutput: hasOutput } = this.#request;
      this.#columns = describeColumns(metadata, arrayRowMode);
      this.#chunks = metadata.length === 1 && [JSON_COLUMN, XML_COLUMN].includes(metadata[0].colName) ? { name: metadata[0].colName, texts: [] } : null;
      if (stream && !(hasOutput && this.#columns.___return___)) this.#request.emit('recordset', this.#columns);
      if (arrayRowMode) this.allColumns.push(this.#columns);
    }

    row(cells) {
      if (this.#chunks) this.#chunks.texts.push(cells[0].value);
      else this.#add(readRow(cells, this.#request.arrayRowMode));
    }

    #add(row) {
      if (!this.#request.stream) this.#recordset.push(row);
      else if (row?.___return___) this.lastOutput = row;
      else this.#request.emit('row', row);
    }

    done(count, config) {
      if (count !== undefined && count !== null) {
        this.rowsAffected.push(count);
        if (this.#request.stream) this.#request.emit('rowsaffected', count);
      }
      if (!this.#columns) return;
      if (this.#chunks) this.#add(this.#joined(config));
      if (!this.#request.stream) {
        const hidden = (value) => ({ enumerable: false, configurable: true, value });
        Object.defineProperties(this.#recordset, { columns: hidden(this.#columns), toTable: hidden(function toTable(name) { return Table.fromRecordset(this, name); }) });
        this.recordsets.push(this.#recordset);
      }
      this.#recordset = [];
      this.#columns = null;
    }

    /** FOR JSON and FOR XML come in pieces. */
    #joined(config) {
      const { name, texts } = this.#chunks;
      const text = texts.join('');
      this.#chunks = null;
      if (name !== JSON_COLUMN || config.parseJSON !== true) return { [name]: text };
      try {
        return text === '' ? null : JSON.parse(text);
      } catch (error) {
        this.error(new RequestError(new Error(`Failed to parse incoming JSON. ${error.message}`), 'EJSON'));
        return null;
      }
    }
  }

  class Request extends EventEmitter {
    #current;

    constructor(parent, overrides = {}) {
      super();
      this.canceled = false;
      this.parent = parent || shared.pool;
      this.parameters = {};
      this.stream = null;
      this.arrayRowMode = null;
      this.overrides = timeoutOf(overrides);
      this._hasBatchOutput = false;
    }

    get paused() { return false; }

    template(strings, ...values) { return this._template(strings, values); }

    /** A template's values become parameters; those of a list one each. */
    _template(strings, values, method) {
      let command = strings[0];
      values.forEach((value, i) => {
        const items = Array.isArray(value) ? value.map((item, at) => [`param${i + 1}_${at}`, item]) : [[`param${i + 1}`, value]];
        for (const [name, item] of items) this.input(name, item);
        command += items.map(([name]) => `@${name}`).join(', ') + strings[i + 1];
      });
      return method ? this[method](command) : command;
    }

    input(name, type, value) {
      if (!types.isParameterName(name)) throw new RequestError(`Invalid parameter name '${name}'. Parameter names may only contain identifier characters`, 'EINJECT');
      if (arguments.length < 2) throw new RequestError('Invalid number of arguments. At least 2 arguments expected.', 'EARGS');
      const given = arguments.length === 2 ? { type: types.getTypeByValue(type), value: type } : { type, value };
      return addParameter(this, RequestError, 1, name, { type: given.type, value: plainValue(given.value) });
    }

    replaceInput(name, type, value) {
      delete this.parameters[name];
      return this.input(name, type, value);
    }

    output(name, type, value) {
      const given = type || TYPES.NVarChar;
      if ([TYPES.Text, TYPES.NText, TYPES.Image].includes(given)) throw new RequestError('Deprecated types (Text, NText, Image) are not supported as OUTPUT parameters.', 'EDEPRECATED');
      return addParameter(this, RequestError, 2, name, { type: given, value: plainValue(value) });
    }

    replaceOutput(name, type, value) {
      delete this.parameters[name];
      return this.output(name, type, value);
    }

    query(...args) { return this.#call('query', args); }
    batch(...args) { return this.#call('batch', args); }
    execute(...args) { return this.#call('procedure', args); }

    bulk() {
      throw new RequestError('bulk() is not available: scripts read people, they do not load tables.', 'EREQUEST');
    }

    toReadableStream() {
      throw new RequestError("toReadableStream() is not available: use the events 'row' and 'done' with `request.stream = true`.", 'EREQUEST');
    }

    #call(kind, args) {
      if (this.stream === null && this.parent) this.stream = this.parent.config.stream;
      if (this.arrayRowMode === null && this.parent) this.arrayRowMode = this.parent.config.arrayRowMode;
      const callback = typeof args[1] === 'function' ? args[1] : undefined;
      const text = typeof args[0] === 'object' && args[0] !== null && !callback ? this._template(args[0], args.slice(1)) : args[0];
      const run = new Promise((resolve, reject) => {
        this.#run(kind, text, (error, gathered) => {
          const output = gathered?.output;
          const rowsAffected = gathered?.rowsAffected;
          const status = kind === 'procedure' ? { returnValue: gathered?.returnValue } : {};
          if (this.stream) {
            kit.guard(() => {
              if (error) this.emit('error', error);
              this.emit('done', { output, rowsAffected, ...status });
            });
            resolve({ recordsets: null, recordset: null, output, rowsAffected, ...status });
          } else if (error) reject(error);
          else {
            const { recordsets } = gathered;
            resolve({ recordsets, recordset: recordsets[0], output, rowsAffected, ...status, ...(this.arrayRowMode && kind !== 'batch' ? { columns: gathered.allColumns } : {}) });
          }
        });
      });
      if (!callback) return run;
      run.then((result) => kit.guard(callback, null, result), (error) => kit.guard(callback, error));
      return this;
    }

    #run(kind, text, callback) {
      if (!this.parent) {
        setImmediate(callback, new RequestError('No connection is specified for that request.', 'ENOCONN'));
        return;
      }
      if (!this.parent.connected) {
        setImmediate(callback, new ConnectionError('Connection is closed.', 'ECONNCLOSED'));
        return;
      }
      this.canceled = false;
      this.parent.acquire(this, (error, connection, config) => {
        if (error) callback(error);
        else if (this.canceled) {
          this.parent.release(connection);
          callback(new RequestError('Canceled.', 'ECANCEL'));
        } else this.#send(kind, text, connection, config, callback);
      });
    }

    #send(kind, text, connection, config, callback) {
      const gathered = new Gathering(this);
      const handlers = {
        infoMessage: ({ message, number, state, class: severity, lineNumber, serverName, procName }) => this.emit('info', { message, number, state, class: severity, lineNumber, serverName, procName }),
        errorMessage: (info) => gathered.error(new RequestError(Object.assign(new Error(info.message), { info }), 'EREQUEST')),
      };
      for (const [event, handler] of Object.entries(handlers)) connection.on(event, handler);
      let hasEnded = false;
      const end = (error) => {
        if (hasEnded) return;
        hasEnded = true;
        this.#current = undefined;
        for (const [event, handler] of Object.entries(handlers)) connection.removeListener(event, handler);
        this.parent.release(connection);
        if (this.parent._aborted && error) this.parent._abortReason = error;
        callback(error, gathered);
      };
      const finished = (failed) => {
        for (const error of failed?.errors ?? (failed ? [failed] : [])) {
          if (!gathered.errors.some((known) => known.message === error.message)) gathered.error(new RequestError(error, 'EREQUEST'));
        }
        if (this._hasBatchOutput) {
          const values = this.stream ? gathered.lastOutput : gathered.recordsets.pop()?.[0];
          for (const [name, value] of Object.entries(values ?? {})) if (name !== '___return___') gathered.output[name] = value;
        }
        if (gathered.errors.length === 0 || this.stream) {
          end(undefined);
          return;
        }
        const error = gathered.errors.pop();
        error.precedingErrors = gathered.errors;
        end(error);
      };

      let request;
      try {
        const command = kind === 'procedure' ? types.procedureName(text) : kind === 'batch' ? this.#withVariables(text, connection) : text;
        request = new tds.Request(command, finished);
        if (this.overrides.requestTimeout !== undefined) request.setTimeout(this.overrides.requestTimeout);
        if (kind !== 'batch') this.#addParameters(request);
      } catch (error) {
        end(error instanceof RequestError ? error : new RequestError(error, 'EREQUEST'));
        return;
      }
      this.#current = connection;
      request.on('columnMetadata', (metadata) => gathered.columns(metadata));
      request.on('row', (cells) => gathered.row(cells));
      request.on('doneInProc', (count) => gathered.done(count, config));
      if (kind !== 'procedure') request.on('done', (count) => gathered.done(count, config));
      request.on('doneProc', (count, more, status) => { gathered.returnValue = status; });
      request.on('returnValue', (name, value) => { gathered.output[name] = value; });
      connection[{ query: 'execSql', batch: 'execSqlBatch', procedure: 'callProcedure' }[kind]](request);
    }

    #addParameters(request) {
      for (const { name, type, value, io, length, scale, precision } of Object.values(this.parameters)) {
        const options = { length: types.lengthOf(types.size(length)), scale: types.size(scale), precision: types.size(precision), output: io === 2 };
        request.addParameter(name, types.toTedious(type), value, options);
      }
    }

    /** A batch takes no parameters: they are declared and set before it, as literals of checked values. */
    #withVariables(text, connection) {
      const parameters = Object.values(this.parameters);
      if (parameters.length === 0) return text;
      for (const parameter of parameters) {
        try {
          parameter.value = types.toTedious(parameter.type).validate(parameter.value, connection.databaseCollation, connection.config.options);
        } catch (error) {
          throw new RequestError(Object.assign(error, { message: `Validation failed for parameter '${parameter.name}'. ${error.message}` }), 'EPARAM');
        }
      }
      const declared = parameters.map((parameter) => `@${parameter.name} ${types.declare(parameter.type, parameter)}`);
      const set = parameters.map((parameter) => `@${parameter.name} = ${literal(parameter.value, parameter)}`);
      const outputs = parameters.filter(({ io }) => io === 2).map(({ name }) => `@${name} as [${name}]`);
      this._hasBatchOutput = outputs.length > 0;
      return `declare ${declared.join(', ')};select ${set.join(', ')};${text};${this._hasBatchOutput ? `select 1 as [___return___], ${outputs.join(', ')}` : ''}`;
    }

    cancel() {
      this.canceled = true;
      this.#current?.cancel();
      return true;
    }

    pause() { return Boolean(this.stream); }
    resume() { return Boolean(this.stream); }
  }

  function literal(value, { scale }) {
    if (value === null || value === undefined) return null;
    switch (typeof value) {
      case 'string': return `N'${value.replaceAll("'", "''")}'`;
      case 'boolean': return value ? 1 : 0;
      case 'number': case 'bigint': return value;
      default:
        if (Buffer.isBuffer(value)) return `0x${value.toString('hex')}`;
        if (value instanceof Date) return `N'${value.toISOString().replace('T', ' ').slice(0, scale === 0 ? 19 : 23)}'`;
        return null;
    }
  }

  /** What holds one connection of its parent: a transaction, a prepared statement. */
  class Holder extends EventEmitter {
    constructor(parent, overrides) {
      super();
      this.parent = parent || shared.pool;
      this.overrides = timeoutOf(overrides);
      this._connection = null;
      this._activeRequest = null;
    }

    get config() { return this.parent.config; }
    get connected() { return this.parent ? this.parent.connected : false; }

    _lend(request, callback, notYet) {
      const error = !this._connection ? notYet() : this._activeRequest ? new TransactionError("Can't acquire connection for the request. There is another request in progress.", 'EREQINPROG') : null;
      if (error) setImmediate(callback, error);
      else {
        this._activeRequest = request;
        setImmediate(callback, null, this._connection, this._heldConfig);
      }
      return this;
    }

    release(connection) {
      if (connection === this._connection) this._activeRequest = null;
      return this;
    }

    _giveBack() {
      this.parent.release(this._connection);
      this._connection = null;
      this._heldConfig = null;
    }
  }

  /** With a callback it is called, without one a promise is given. */
  const either = (run, callback, result) => {
    if (typeof callback === 'function') {
      run(callback);
      return result;
    }
    return new Promise((resolve, reject) => { run((error) => (error ? reject(error) : resolve(result))); });
  };

  class Transaction extends Holder {
    #abort = () => {
      if (this._rollbackRequested || !this._connection) return;
      this._connection.removeListener('rollbackTransaction', this.#abort);
      this._giveBack();
      this._aborted = true;
      this._abortReason ||= new Error('Transaction was rolled back by the server');
      this.emit('rollback', true);
    };

    constructor(parent, overrides = {}) {
      super(parent, overrides);
      this.isolationLevel = Transaction.defaultIsolationLevel;
      this.name = '';
    }

    acquire(request, callback) { return this._lend(request, callback, () => new TransactionError('Transaction has not begun. Call begin() first.', 'ENOTBEGUN')); }

    begin(isolationLevel, callback) {
      const level = typeof isolationLevel === 'function' ? undefined : isolationLevel;
      return either((end) => this.#begin(level, end), typeof isolationLevel === 'function' ? isolationLevel : callback, this);
    }

    #begin(level, end) {
      const fail = (error) => setImmediate(end, error);
      if (this._connection) return fail(new TransactionError('Transaction has already begun.', 'EALREADYBEGUN'));
      if (level) {
        if (!Object.values(ISOLATION_LEVEL).includes(level)) throw new TransactionError('Invalid isolation level.');
        this.isolationLevel = level;
      }
      if (!this.parent) return fail(new TransactionError('No connection is specified for that transaction.', 'ENOCONN'));
      if (!this.parent.connected) return fail(new ConnectionError('Connection is closed.', 'ECONNCLOSED'));
      Object.assign(this, { _aborted: false, _abortReason: null, _rollbackRequested: false });
      return this.parent.acquire(this, (error, connection, config) => {
        if (error) return end(error);
        this._connection = connection;
        this._heldConfig = config;
        connection.on('rollbackTransaction', this.#abort);
        return connection.beginTransaction((failed) => {
          if (failed) {
            connection.removeListener('rollbackTransaction', this.#abort);
            connection.close();
            this._giveBack();
            return end(new TransactionError(failed));
          }
          this.emit('begin');
          return end(null);
        }, this.name, this.isolationLevel);
      });
    }

    commit(callback) { return either((end) => this.#end('commit', end), callback, callback ? this : undefined); }
    rollback(callback) { return either((end) => this.#end('rollback', end), callback, callback ? this : undefined); }

    #end(how, end) {
      const fail = (error) => setImmediate(end, error);
      if (this._aborted) {
        const error = new TransactionError('Transaction has been aborted.', 'EABORT');
        if (this._abortReason) Object.defineProperty(error, 'originalError', { enumerable: true, value: this._abortReason });
        return fail(error);
      }
      if (!this._connection) return fail(new TransactionError('Transaction has not begun. Call begin() first.', 'ENOTBEGUN'));
      if (this._activeRequest) return fail(new TransactionError(`Can't ${how} transaction. There is a request in progress.`, 'EREQINPROG'));
      this._rollbackRequested = how === 'rollback';
      const connection = this._connection;
      return connection[`${how}Transaction`]((error) => {
        connection.removeListener('rollbackTransaction', this.#abort);
        this._giveBack();
        if (!error) this.emit(how, ...(how === 'rollback' ? [false] : []));
        end(error ? new TransactionError(error) : undefined);
      });
    }

    request(config) { return new Request(this, { ...this.overrides, ...timeoutOf(config) }); }
  }
  Transaction.defaultIsolationLevel = ISOLATION_LEVEL.READ_COMMITTED;

  class PreparedStatement extends Holder {
    constructor(parent, overrides = {}) {
      super(parent, overrides);
      this._handle = 0;
      this.prepared = false;
      this.parameters = {};
    }

    acquire(request, callback) { return this._lend(request, callback, () => new PreparedStatementError('Statement is not prepared. Call prepare() first.', 'ENOTPREPARED')); }

    #add(io, name, args) {
      if (!types.isParameterName(name)) throw new PreparedStatementError(`Invalid parameter name '${name}'. Parameter names may only contain identifier characters`, 'EINJECT');
      if (args.length < 1) throw new PreparedStatementError('Invalid number of arguments. 2 arguments expected.', 'EARGS');
      return addParameter(this, PreparedStatementError, io, name, { type: args[0] });
    }

    input(name, ...args) { return this.#add(1, name, args); }
    output(name, ...args) { return this.#add(2, name, args); }

    replaceInput(name, type) {
      delete this.parameters[name];
      return this.input(name, type);
    }

    replaceOutput(name, type) {
      delete this.parameters[name];
      return this.output(name, type);
    }

    prepare(statement, callback) {
      const text = typeof statement === 'function' ? undefined : statement;
      return either((end) => this.#prepare(text, end), typeof statement === 'function' ? statement : callback, this);
    }

    #prepare(statement, end) {
      const fail = (error) => setImmediate(end, error);
      if (this.prepared) return fail(new PreparedStatementError('Statement is already prepared.', 'EALREADYPREPARED'));
      this.statement = statement || this.statement;
      if (!this.parent) return fail(new PreparedStatementError('No connection is specified for that prepared statement.', 'ENOCONN'));
      if (!this.parent.connected) return fail(new ConnectionError('Connection is closed.', 'ECONNCLOSED'));
      return this.parent.acquire(this, (error, connection, config) => {
        if (error) return end(error);
        this._connection = connection;
        this._heldConfig = config;
        let declared;
        try {
          declared = Object.values(this.parameters).map((parameter) => `@${parameter.name} ${types.declare(parameter.type, parameter)}${parameter.io === 2 ? ' output' : ''}`);
        } catch (failed) {
          this._giveBack();
          return end(new PreparedStatementError(failed, 'EREQUEST'));
        }
        const request = this.#request();
        request.output('handle', TYPES.Int);
        request.input('params', TYPES.NVarChar, declared.join(','));
        request.input('stmt', TYPES.NVarChar, this.statement);
        return request.execute('sp_prepare', (failed, result) => {
          if (failed) {
            this._giveBack();
            return end(failed);
          }
          this._handle = result.output.handle;
          this.prepared = true;
          return end(null);
        });
      });
    }

    #request() {
      const request = new Request(this, this.overrides);
      request.stream = false;
      return request;
    }

    execute(values, callback) {
      const request = new Request(this, this.overrides);
      request.stream = this.stream ?? null;
      request.arrayRowMode = this.arrayRowMode ?? null;
      request.input('handle', TYPES.Int, this._handle);
      for (const [name, parameter] of Object.entries(this.parameters)) request.parameters[name] = { ...parameter, value: values[name] };
      if (typeof callback !== 'function' && !request.stream) return request.execute('sp_execute');
      request.execute('sp_execute', typeof callback === 'function' ? callback : () => {});
      return request;
    }

    unprepare(callback) { return either((end) => this.#unprepare(end), callback, callback ? this : undefined); }

    #unprepare(end) {
      if (!this.prepared) return setImmediate(end, new PreparedStatementError('Statement is not prepared. Call prepare() first.', 'ENOTPREPARED'));
      if (this._activeRequest) return setImmediate(end, new TransactionError("Can't unprepare the statement. There is a request in progress.", 'EREQINPROG'));
      const request = this.#request();
      request.input('handle', TYPES.Int, this._handle);
      return request.execute('sp_unprepare', (error) => {
        if (error) return end(error);
        this._giveBack();
        this._handle = 0;
        this.prepared = false;
        return end(null);
      });
    }
  }

  module.exports = { Request, Transaction, PreparedStatement };
})
