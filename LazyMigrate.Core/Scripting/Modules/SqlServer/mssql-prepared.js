// mssql's PreparedStatement: https://www.npmjs.com/package/mssql#prepared-statement. The module internal/mssql/request is it and its parts.
(function (kit, module, require, parts) {
  'use strict';
  const types = require('internal/mssql/types');
  const { TYPES, errors: { ConnectionError, TransactionError, PreparedStatementError } } = types;
  const { addParameter, Request, Transaction, Holder, either } = parts;

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
