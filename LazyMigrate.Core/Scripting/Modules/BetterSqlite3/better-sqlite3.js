// better-sqlite3: https://github.com/WiseLibs/better-sqlite3/blob/master/docs/api.md. The host part is SqliteSession.cs; it only reads.
(function (kit, module) {
  'use strict';

  class SqliteError extends Error {
    constructor(message, code) {
      super(message);
      this.code = code;
    }
  }
  Object.defineProperty(SqliteError.prototype, 'name', { value: 'SqliteError', writable: true, configurable: true });

  /** Calls the host part; its errors become SqliteErrors with their stack. */
  function call(operation, argument) {
    try {
      return kit.callSync(operation, argument);
    } catch (error) {
      if (error.name !== 'SqliteError' && error.code !== 'ERR_INVALID_ARG_VALUE') throw error;
      const made = error.name === 'SqliteError' ? new SqliteError(error.message, error.code)
        : /^(?:Too |Missing |The supplied SQL)/.test(error.message) ? new RangeError(error.message) : new TypeError(error.message);
      Object.defineProperty(made, 'stack', { value: error.stack, writable: true, configurable: true });
      throw made;
    }
  }

  const toHost = (value) => {
    switch (typeof value) {
      case 'bigint': return { i: String(value) };
      case 'number':
      case 'string': return value;
      case 'object':
        if (value === null) return null;
        if (ArrayBuffer.isView(value)) return { b: kit.toBase64(kit.toBytes(value)) };
      // falls through
      default: throw new TypeError('SQLite3 can only bind numbers, strings, bigints, buffers, and null');
    }
  };
  const fromHost = (value) => (typeof value === 'object' && value !== null ? kit.fromBase64(value.b) : value);

  /** Positional values, arrays of them, and one object of named ones, in any order. */
  function readParameters(values) {
    const positional = [];
    let named;
    for (const value of values) {
      if (Array.isArray(value)) {
        positional.push(...value.map(toHost));
      } else if (typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value))) {
        if (named) throw new TypeError('You cannot specify named parameters in two different objects');
        named = Object.fromEntries(Object.entries(value).map(([name, each]) => [name, toHost(each)]));
      } else {
        positional.push(toHost(value));
      }
    }
    return { positional, named };
  }

  class Statement {
    #id;
    #columns;
    #shape = 'object';
    #bound;

    constructor(database, id, source) {
      const described = call('prepare', { id, sql: source });
      this.#id = id;
      this.#columns = described.columns;
      this.database = database;
      this.source = source;
      this.reader = described.reader;
      this.readonly = true;
      this.busy = false;
    }

    #rows(values, first) {
      if (!this.reader) throw new TypeError('This statement does not return data. Use run() instead');
      if (this.#bound && values.length) throw new TypeError('This statement already has bound parameters');
      const rows = call('query', { id: this.#id, sql: this.source, first, ...(this.#bound ?? readParameters(values)) });
      return rows.map((row) => this.#shaped(row.map(fromHost)));
    }

    #shaped(row) {
      switch (this.#shape) {
        case 'pluck': return row[0];
        case 'raw': return row;
        case 'expand': {
          const tables = {};
          this.#columns.forEach(([name, , table], i) => { (tables[table ?? '$'] ??= {})[name] = row[i]; });
          return tables;
        }
        default: {
          const object = {};
          this.#columns.forEach(([name], i) => { object[name] = row[i]; });
          return object;
        }
      }
    }

    #as(shape, on) {
      if (!this.reader) throw new TypeError(`The ${shape}() method is only for statements that return data`);
      this.#shape = on === false ? 'object' : shape;
      return this;
    }

    get(...values) { return this.#rows(values, true)[0]; }
    all(...values) { return this.#rows(values, false); }
    *iterate(...values) { yield* this.#rows(values, false); }

    run(...values) {
      call('query', { id: this.#id, sql: this.source, first: true, ...(this.#bound ?? readParameters(values)) });
      return { changes: 0, lastInsertRowid: 0 };
    }

    pluck(on) { return this.#as('pluck', on); }
    raw(on) { return this.#as('raw', on); }
    expand(on) { return this.#as('expand', on); }

    bind(...values) {
      if (this.#bound) throw new TypeError('The bind() method can only be invoked once per statement object');
      this.#bound = readParameters(values);
      return this;
    }

    safeIntegers() { return this; }

    columns() {
      if (!this.reader) throw new TypeError('The columns() method is only for statements that return data');
      return this.#columns.map(([name, column, table, type]) => ({ name, column, table, database: table === null ? null : 'main', type }));
    }
  }

  class DatabaseClass {
    #id;

    constructor(file, options = {}) {
      if (typeof file !== 'string') throw new TypeError('Expected first argument to be a string');
      this.name = file;
      this.#id = call('open', { file });
      this.open = true;
      this.inTransaction = false;
      this.readonly = true;
      this.memory = false;
      this.options = options;
    }

    prepare(source) { return new Statement(this, this.#id, source); }

    exec(source) {
      call('exec', { id: this.#id, sql: source });
      return this;
    }

    pragma(source, options = {}) {
      const statement = this.prepare(`PRAGMA ${source}`);
      return options.simple ? statement.pluck().get() : statement.all();
    }

    /** A function that runs inside one read transaction, so that its queries see one state. */
    transaction(run) {
      if (typeof run !== 'function') throw new TypeError('Expected first argument to be a function');
      const database = this;
      const make = (begin) => function transaction(...args) {
        if (database.inTransaction) return run.apply(this, args);
        database.exec(begin);
        database.inTransaction = true;
        try {
          const result = run.apply(this, args);
          database.exec('COMMIT');
          return result;
        } catch (error) {
          database.exec('ROLLBACK');
          throw error;
        } finally {
          database.inTransaction = false;
        }
      };
      return Object.assign(make('BEGIN'), { deferred: make('BEGIN'), immediate: make('BEGIN'), exclusive: make('BEGIN'), default: make('BEGIN') });
    }

    close() {
      if (this.open) call('close', { id: this.#id });
      this.open = false;
      return this;
    }

    defaultSafeIntegers() { return this; }
    unsafeMode() { return this; }
  }

  for (const name of ['function', 'aggregate', 'table', 'loadExtension', 'backup', 'serialize']) {
    DatabaseClass.prototype[name] = function notAvailable() {
      throw new SqliteError(`${name}() is not available: the database is only read.`, 'SQLITE_MISUSE');
    };
  }

  // better-sqlite3 works with and without new.
  const Database = new Proxy(DatabaseClass, { apply: (_, __, args) => new DatabaseClass(...args) });
  DatabaseClass.SqliteError = SqliteError;
  DatabaseClass.default = Database;
  module.exports = Database;
})
