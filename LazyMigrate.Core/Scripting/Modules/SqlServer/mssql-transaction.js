// mssql's Transaction: https://www.npmjs.com/package/mssql#transaction
(function (kit, require, parts) {
  'use strict';
  const EventEmitter = require('events');
  const { shared, ISOLATION_LEVEL, errors: { ConnectionError, TransactionError } } = require('internal/mssql/types');
  const { timeoutOf, Request } = parts;

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

  return { Holder, either, Transaction };
})
