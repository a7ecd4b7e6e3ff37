// sqlite3: https://github.com/TryGhost/node-sqlite3/wiki/API. The host part is SqliteSession.cs of better-sqlite3; it only reads.
(function (kit, module, require) {
  'use strict';
  const EventEmitter = require('events');

  // https://sqlite.org/rescode.html and https://sqlite.org/c3ref/open.html
  const results = [
    'OK', 'ERROR', 'INTERNAL', 'PERM', 'ABORT', 'BUSY', 'LOCKED', 'NOMEM', 'READONLY', 'INTERRUPT', 'IOERR', 'CORRUPT', 'NOTFOUND', 'FULL',
    'CANTOPEN', 'PROTOCOL', 'EMPTY', 'SCHEMA', 'TOOBIG', 'CONSTRAINT', 'MISMATCH', 'MISUSE', 'NOLFS', 'AUTH', 'FORMAT', 'RANGE', 'NOTADB',
  ];
  const flags = {
    OPEN_READONLY: 0x1, OPEN_READWRITE: 0x2, OPEN_CREATE: 0x4, OPEN_URI: 0x40, OPEN_MEMORY: 0x80, OPEN_NOMUTEX: 0x8000, OPEN_FULLMUTEX: 0x10000,
    OPEN_SHAREDCACHE: 0x20000, OPEN_PRIVATECACHE: 0x40000,
  };

  function failure(code, message) {
    return Object.assign(new Error(`SQLITE_${code}: ${message}`), { errno: results.indexOf(code), code: `SQLITE_${code}` });
  }

  /** The host part's errors carry better-sqlite3's words. */
  function asSqliteError(error) {
    const name = /^SQLITE_(\w+)$/.exec(error.code)?.[1];
    return name && !error.message.startsWith('SQLITE_') ? failure(name, error.message) : error.code === 'ERR_INVALID_ARG_VALUE' ? failure('MISUSE', error.message) : error;
  }

  const toHost = (value) => {
    switch (typeof value) {
      case 'number': return Number.isFinite(value) ? value : null;
      case 'string': return value;
      case 'boolean': return value ? 1 : 0;
      case 'bigint': return { i: String(value) };
      case 'object':
        if (value === null) return null;
        if (value instanceof Date) return value.getTime();
        if (ArrayBuffer.isView(value)) return { b: kit.toBase64(kit.toBytes(value)) };
        return String(value);
      default: return null;
    }
  };
  const fromHost = (value) => (typeof value === 'object' && value !== null ? kit.fromBase64(value.b) : value);

  /** Values by the statement's own order of parameters; what is not given is NULL. */
  function bind(parameters, given) {
    const bound = parameters.map(() => null);
    const put = (index, value) => {
      if (index < 0 || index >= parameters.length) throw failure('RANGE', 'column index out of range');
      bound[index] = toHost(value);
    };
    const [first] = given;
    const isNamed = given.length === 1 && typeof first === 'object' && first !== null && !Array.isArray(first)
      && !(first instanceof Date) && !(first instanceof RegExp) && !ArrayBuffer.isView(first);
    if (isNamed) {
      for (const [name, value] of Object.entries(first)) put(/^\d+$/.test(name) ? Number(name) - 1 : parameters.indexOf(name), value);
    } else {
      (Array.isArray(first) ? first : given).forEach((value, i) => { if (value !== undefined) put(i, value); });
    }
    return bound;
  }

  const takeCallback = (args) => (typeof args.at(-1) === 'function' ? args.pop() : undefined);

  class Statement extends EventEmitter {
    #database;
    #described;
    #bound;
    #cursor;
    #finalized = false;

    constructor(database, sql, ...args) {
      super();
      const callback = takeCallback(args);
      this.sql = sql;
      this.lastID = 0;
      this.changes = 0;
      this.#database = database;
      if (typeof sql !== 'string') throw new TypeError('SQL query expected');
      this.#described = database._schedule(async (id) => kit.call('prepare', { id, sql })).catch((error) => { throw asSqliteError(error); });
      this.#described.then(() => { if (callback) kit.guard(() => callback.call(this, null)); }, (error) => this.#fail(error, callback));
      if (args.length > 0) this.bind(...args);
    }

    #fail(error, callback) {
      kit.guard(() => {
        if (callback) callback.call(this, error);
        else this.emit('error', error);
      });
    }

    /** One step after the other; `work` gives the arguments of the callback after the error. */
    #step(args, callback, work) {
      if (this.#finalized) {
        Promise.resolve().then(() => this.#fail(failure('MISUSE', 'Statement is already finalized'), callback));
        return this;
      }
      this.#database._schedule(async (id) => {
        let described;
        try {
          described = await this.#described;
        } catch {
          // Told when it was prepared.
          return;
        }
        let given;
        try {
          if (args.length > 0) {
            this.#bound = bind(described.parameters, args);
            this.#cursor = undefined;
          }
          given = await work(described, id);
        } catch (error) {
          this.#fail(asSqliteError(error), callback);
          return;
        }
        if (callback) kit.guard(() => callback.call(this, null, ...given));
      });
      return this;
    }

    async #rows({ columns, parameters }, id, first) {
      const rows = await kit.call('query', { id, sql: this.sql, first, bound: this.#bound ?? parameters.map(() => null) });
      return rows.map((row) => {
        const object = {};
        columns.forEach(([name], i) => { object[name] = fromHost(row[i]); });
        return object;
      });
    }

    bind(...args) {
      const callback = takeCallback(args);
      return this.#step(args, callback, () => []);
    }

    reset(callback) {
      return this.#step([], callback, () => {
        this.#cursor = undefined;
        return [];
      });
    }

    run(...args) {
      const callback = takeCallback(args);
      return this.#step(args, callback, async (described, id) => {
        await this.#rows(described, id, true);
        return [];
      });
    }

    /** Each call without values gives the next row. */
    get(...args) {
      const callback = takeCallback(args);
      return this.#step(args, callback, async (described, id) => {
        this.#cursor ??= (await this.#rows(described, id, this._once)).values();
        const { value, done } = this.#cursor.next();
        if (done) this.#cursor = undefined;
        return done ? [] : [value];
      });
    }

    all(...args) {
      const callback = takeCallback(args);
      return this.#step(args, callback, async (described, id) => [await this.#rows(described, id)]);
    }

    each(...args) {
      const last = takeCallback(args);
      const before = takeCallback(args);
      const [onRow, onEnd] = before ? [before, last] : [last, undefined];
      return this.#step(args, (error, rows) => {
        if (error) {
          if (onRow) onRow.call(this, error);
          return;
        }
        for (const row of rows) kit.guard(() => onRow?.call(this, null, row));
        if (onEnd) onEnd.call(this, null, rows.length);
      }, async (described, id) => [await this.#rows(described, id)]);
    }

    map(...args) {
      const callback = takeCallback(args);
      return this.all(...args, function mapped(error, rows) {
        if (error) {
          callback(error);
          return;
        }
        const [key, value, ...more] = Object.keys(rows[0] ?? {});
        callback(null, Object.fromEntries(rows.map((row) => [row[key], more.length > 0 ? row : row[value]])));
      });
    }

    finalize(callback) {
      this.#finalized = true;
      this.#database._schedule(async () => { if (callback) kit.guard(() => callback.call(this)); });
      return this.#database;
    }
  }

  class Database extends EventEmitter {
    #id;
    #failed = false;
    #closed = false;
    #last;

    constructor(filename, ...args) {
      super();
      if (typeof filename !== 'string') throw new TypeError('Argument 0 must be a string');
      const callback = takeCallback(args);
      const [mode = flags.OPEN_READWRITE | flags.OPEN_CREATE | flags.OPEN_FULLMUTEX] = args;
      if (!Number.isInteger(mode)) throw new TypeError('Argument 1 must be an integer');
      this.filename = filename;
      this.mode = mode;
      this.open = false;
      this.#last = kit.call('open', { file: filename }).then((id) => {
        this.#id = id;
        this.open = true;
        if (callback) kit.guard(() => callback.call(this, null));
        kit.guard(() => this.emit('open'));
      }, (error) => {
        this.#failed = true;
        const told = error.code === 'SQLITE_CANTOPEN' && error.message.includes('no such file') ? failure('CANTOPEN', 'unable to open database file') : asSqliteError(error);
        kit.guard(() => {
          if (callback) callback.call(this, told);
          else this.emit('error', told);
        });
      });
    }

    /** Everything on one database runs one after the other, also between parallelize and serialize. */
    _schedule(work) {
      const closed = this.#closed;
      const done = this.#last.then(() => {
        if (closed) throw failure('MISUSE', 'Database is closed');
        // A database that could not be opened never runs anything, as in the original.
        return this.#failed ? new Promise(() => {}) : work(this.#id);
      });
      this.#last = done.catch(() => {});
      return done;
    }

    #with(method, sql, args) {
      const callback = args.findLast((each) => typeof each === 'function');
      const statement = new Statement(this, sql, callback && ((error) => { if (error) callback.call(statement, error); }));
      statement._once = true;
      statement[method](...args);
      statement.finalize();
      return this;
    }

    prepare(sql, ...args) {
      const callback = takeCallback(args);
      return new Statement(this, sql, ...args, ...(callback ? [callback] : []));
    }

    run(sql, ...args) { return this.#with('run', sql, args); }
    get(sql, ...args) { return this.#with('get', sql, args); }
    all(sql, ...args) { return this.#with('all', sql, args); }
    each(sql, ...args) { return this.#with('each', sql, args); }
    map(sql, ...args) { return this.#with('map', sql, args); }

    exec(sql, callback) {
      this._schedule((id) => kit.call('exec', { id, sql })).then(
        () => { if (callback) kit.guard(() => callback.call(this, null)); },
        (error) => kit.guard(() => {
          if (callback) callback.call(this, asSqliteError(error));
          else this.emit('error', asSqliteError(error));
        }),
      );
      return this;
    }

    close(callback) {
      this._schedule((id) => kit.call('close', { id })).then(
        () => {
          this.open = false;
          if (callback) kit.guard(() => callback.call(this, null));
          kit.guard(() => this.emit('close'));
        },
        (error) => kit.guard(() => {
          if (callback) callback.call(this, asSqliteError(error));
          else this.emit('error', asSqliteError(error));
        }),
      );
      this.#closed = true;
      return this;
    }

    serialize(callback) {
      if (typeof callback === 'function') callback.call(this);
      return this;
    }

    parallelize(callback) { return this.serialize(callback); }
    configure() { return this; }
    interrupt() { return this; }
    wait(callback) {
      this._schedule(async () => { if (callback) kit.guard(() => callback.call(this, null)); });
      return this;
    }

    loadExtension() { throw failure('MISUSE', 'loadExtension() is not available: the database is only read.'); }
    backup() { throw failure('MISUSE', 'backup() is not available: the database is only read.'); }
  }

  const sqlite3 = {
    Database,
    Statement,
    ...flags,
    ...Object.fromEntries(results.map((name, number) => [name, number])),
    cached: {
      objects: {},
      Database: function CachedDatabase(file, ...args) {
        const { objects } = sqlite3.cached;
        if (!objects[file]) {
          objects[file] = new Database(file, ...args);
        } else {
          const callback = takeCallback(args);
          if (callback) objects[file].wait(callback);
        }
        return objects[file];
      },
    },
    verbose: () => sqlite3,
  };
  sqlite3.default = sqlite3;
  module.exports = sqlite3;
})
