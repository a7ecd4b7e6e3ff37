// mssql's Request: https://www.npmjs.com/package/mssql#requests
(function (kit, require, parts) {
  'use strict';
  const EventEmitter = require('events');
  const tds = require('tedious');
  const types = require('internal/mssql/types');
  const { TYPES, shared, errors: { ConnectionError, RequestError } } = types;
  const { Gathering } = parts;

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

  return { timeoutOf, addParameter, Request };
})
