// The npm package mongodb: https://mongodb.github.io/node-mongodb-native/. The host part is MongoSession.cs; commands and replies
// cross as BSON. Where its versions differ, `require('mongodb@3.1.4')` gives the habits of that version; without one the recent
// habits hold, callbacks work beside promises, and a client that a callback is given can also be used as its database.
(function (kit, module, require) {
  'use strict';
  const EventEmitter = require('events');
  const bson = require('bson');
  const errors = require('internal/mongodb/error');
  const { parse } = require('internal/mongodb/connection_string');
  const cursors = require('internal/mongodb/cursor');
  const { Collection, split, hidden } = require('internal/mongodb/collection');
  const { MongoInvalidArgumentError, MongoNotConnectedError, MongoAPIError, MongoError, MongoWriteConcernError } = errors;

  const major = Number.parseInt(/\d+/.exec(kit.version)?.[0] ?? '', 10);
  const isVersioned = !Number.isNaN(major);
  const findOptions = new Set(['singleBatch', 'projection', 'fields', 'sort', 'limit', 'skip', 'hint', 'batchSize', 'timeout', 'readPreference', 'maxTimeMS', 'collation', 'raw', 'promoteLongs', 'promoteValues', 'promoteBuffers', 'comment', 'returnKey', 'explain', 'snapshot', 'tailable', 'session', 'min', 'max', 'allowDiskUse']);
  const habits = {
    isVersioned,
    legacy: major < 4,
    metadata: major < 6,

    /** Version 2 took the fields themselves for the options: find(query, { name: 1 }). */
    readFindOptions(options) {
      const isFields = major < 3 && options && Object.keys(options).length > 0 && Object.keys(options).every((name) => !findOptions.has(name));
      const read = isFields ? { projection: options } : { ...options };
      delete read.sort;
      return read;
    },

    asBulkError(error) {
      if (habits.legacy) Object.defineProperty(error, 'name', { value: 'BulkWriteError', configurable: true, writable: true });
      return error;
    },
  };
  // Up to version 3 what a server answers, and wrong arguments, were plain MongoErrors.
  if (habits.legacy) {
    for (const type of [errors.MongoServerError, errors.MongoInvalidArgumentError, errors.MongoAPIError, errors.MongoNotConnectedError]) {
      Object.defineProperty(type.prototype, 'name', { value: 'MongoError', writable: true, configurable: true });
    }
  }

  class ReadPreference {
    constructor(mode, tags, options) {
      if (!ReadPreference.isValid(mode)) throw new MongoInvalidArgumentError(`Invalid read preference mode ${JSON.stringify(mode)}`);
      Object.assign(this, { mode, tags, hedge: options?.hedge, maxStalenessSeconds: undefined, minWireVersion: undefined });
    }

    get preference() { return this.mode; }
    static isValid(mode) { return [null, 'primary', 'primaryPreferred', 'secondary', 'secondaryPreferred', 'nearest'].includes(mode ?? null); }
    static fromString(mode) { return new ReadPreference(mode); }
    isValid(mode) { return ReadPreference.isValid(typeof mode === 'string' ? mode : this.mode); }
    secondaryOk() { return this.mode !== 'primary'; }
    equals(other) { return other?.mode === this.mode; }
    toJSON() { return { mode: this.mode }; }
  }
  for (const mode of ['primary', 'primaryPreferred', 'secondary', 'secondaryPreferred', 'nearest']) {
    ReadPreference[mode.replace(/[A-Z]/g, '_$&').toUpperCase()] = mode;
    ReadPreference[mode] = new ReadPreference(mode);
  }

  class Admin {
    #db;
    constructor(db) { this.#db = db; }
    #run(command, given) { return kit.answer(this.#db.run(command), split(given).callback); }
    command(command, ...given) { return this.#run(command, given); }
    ping(...given) { return this.#run({ ping: 1 }, given); }
    buildInfo(...given) { return this.#run({ buildInfo: 1 }, given); }
    serverInfo(...given) { return this.#run({ buildInfo: 1 }, given); }
    serverStatus(...given) { return this.#run({ serverStatus: 1 }, given); }
    listDatabases(...given) { return this.#run({ listDatabases: 1 }, given); }
    replSetGetStatus(...given) { return this.#run({ replSetGetStatus: 1 }, given); }
  }

  class Db {
    #client;
    #name;

    constructor(client, name) {
      if (typeof name !== 'string') throw new MongoInvalidArgumentError('Database name must be a string');
      this.#client = client;
      this.#name = name;
      // For the parts of this package; a script has no use for them.
      Object.defineProperty(this, 'runIn', { value: (database, command, options) => client.runIn(database, command, options) });
      Object.defineProperty(this, 'run', { value: (command, options) => client.runIn(name, command, options) });
    }

    get databaseName() { return this.#name; }
    get namespace() { return this.#name; }

    collection(name, ...given) {
      const made = new Collection(this, name, habits);
      const { callback } = split(given);
      if (callback) kit.guard(callback, null, made);
      return made;
    }

    command(command, ...given) {
      const { args: [options], callback } = split(given);
      if (typeof command !== 'object' || command === null) throw new MongoInvalidArgumentError('Argument "command" must be an object');
      return kit.answer(this.run(command, { bson: options, read: options?.readPreference }), callback);
    }

    executeDbAdminCommand(command, ...given) { return kit.answer(this.runIn('admin', command), split(given).callback); }
    admin() { return new Admin(new Db(this.#client, 'admin')); }

    aggregate(pipeline = [], options = {}) { return new cursors.AggregationCursor(this.runIn, this.#name, undefined, pipeline, options); }

    listCollections(filter = {}, options = {}) {
      return new cursors.CommandCursor(this.runIn, this.#name, { listCollections: 1, filter, ...(options.nameOnly === undefined ? {} : { nameOnly: options.nameOnly }) }, options);
    }

    collections(...given) {
      const all = this.listCollections({}, { nameOnly: true }).toArray().then((found) => found.map(({ name }) => this.collection(name)));
      return kit.answer(all, split(given).callback);
    }

    createCollection(name, ...given) {
      const { args: [options], callback } = split(given);
      const { capped, size, max, validator, collation } = options ?? {};
      const command = Object.fromEntries(Object.entries({ create: name, capped, size, max, validator, collation }).filter(([, value]) => value !== undefined));
      return kit.answer(this.run(command).then(() => this.collection(name)), callback);
    }

    dropCollection(name, ...given) {
      const { callback } = split(given);
      return kit.answer(this.run({ drop: name }).then(() => true), callback);
    }

    dropDatabase(...given) { return kit.answer(this.run({ dropDatabase: 1 }).then(() => true), split(given).callback); }
    stats(...given) { return kit.answer(this.run({ dbStats: 1 }), split(given).callback); }
    createIndex(name, ...given) { return this.collection(name).createIndex(...given); }
    watch() { throw new MongoAPIError('Change streams are not available here.'); }
  }

  class MongoClient extends EventEmitter {
    #settings;
    #connecting;
    #closed = false;
    #openings = 0;

    constructor(uri, options = {}) {
      super();
      Object.defineProperty(this, 'options', { value: options, writable: true });
      // Up to version 3 a wrong address is told by connect().
      try {
        this.#settings = parse(uri, options, !habits.legacy);
        if (habits.legacy && this.#settings.hosts.length === 1 && !this.#settings.replicaSet) this.#settings.direct ??= true;
      } catch (error) {
        if (!habits.legacy) throw error;
        this.#connecting = Promise.reject(error);
        this.#connecting.catch(() => {});
      }
      Object.defineProperty(this, 'runIn', { value: (database, command, given) => this.#runIn(database, command, given) });
    }

    static connect(uri, ...given) {
      const { args: [options], callback } = split(given);
      const connect = async () => new MongoClient(uri, options ?? {}).connect();
      return kit.answer(connect().then((client) => MongoClient.#handOut(client, callback)), callback);
    }

    /** What a callback of connect gets: up to version 2 the database, later the client. Without a version, a client that is both. */
    static #handOut(client, callback) {
      if (major < 3) return hidden(client.db(), { db: (name) => MongoClient.#handOut2(client, name), close: (...given) => client.close(...given) });
      if (isVersioned || !callback) return client;
      const db = client.db();
      const also = { databaseName: db.databaseName };
      for (const name of ['collection', 'collections', 'command', 'listCollections', 'admin', 'aggregate', 'stats', 'createCollection', 'dropCollection']) {
        also[name] = (...given) => db[name](...given);
      }
      return hidden(client, also);
    }

    static #handOut2(client, name) { return hidden(client.db(name), { db: (other) => MongoClient.#handOut2(client, other), close: (...given) => client.close(...given) }); }

    connect(callback) {
      this.#closed = false;
      this.#connecting ??= this.#open();
      return kit.answer(this.#connecting.then(() => (callback ? MongoClient.#handOut(this, callback) : this)), callback);
    }

    async #open() {
      const opening = ++this.#openings;
      try {
        const { id } = await kit.call('connect', this.#settings).catch((error) => { throw errors.toMongoError(error); });
        this.emit('open', this);
        return id;
      } catch (error) {
        if (opening === this.#openings) this.#connecting = undefined;
        throw error;
      }
    }

    async #runIn(database, command, options) {
      if (this.#closed) throw new MongoNotConnectedError(habits.legacy ? 'Topology is closed, please connect' : 'Client must be connected before running operations');
      const serializing = { ...this.#settings?.bson, ...Object.fromEntries(Object.entries(options?.bson ?? {}).filter(([, value]) => value !== undefined)) };
      const document = kit.toBase64(bson.serialize(command, serializing));
      const id = await (this.#connecting ??= this.#open());
      const read = options?.read?.mode ?? options?.read ?? this.#settings.readPreference;
      const reply = await kit.call('command', { id, database, command: document, read }).catch((error) => { throw errors.toMongoError(error); });
      const answer = bson.deserialize(kit.fromBase64(reply), serializing);
      if (answer.writeConcernError && !answer.writeErrors) throw new MongoWriteConcernError(answer.writeConcernError);
      return answer;
    }

    db(name, options) {
      if (name !== undefined && name !== null && typeof name !== 'string') throw new MongoInvalidArgumentError('Database name must be a string');
      return new Db(this, name || this.#settings?.database || 'test', options);
    }

    isConnected() { return this.#connecting !== undefined && !this.#closed; }

    close(...given) {
      const { callback } = split(given);
      const end = async () => {
        const connecting = this.#connecting;
        this.#connecting = undefined;
        this.#closed = true;
        if (!connecting) return;
        try {
          await kit.call('close', { id: await connecting });
        } catch {
          // What never was open needs no closing.
        }
        this.emit('close');
      };
      return kit.answer(end(), callback);
    }

    logout(...given) { return kit.answer(Promise.resolve(true), split(given).callback); }

    startSession() { throw new MongoAPIError('Sessions and transactions are not available here.'); }
    withSession() { throw new MongoAPIError('Sessions and transactions are not available here.'); }
    watch() { throw new MongoAPIError('Change streams are not available here.'); }
    async [Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose')]() { await this.close(); }
  }

  class Server {
    constructor() { throw new MongoError('new Server(…) is not available: use MongoClient.connect with a mongodb:// address.'); }
  }

  const { toMongoError, ...errorTypes } = errors;
  const { serialize, deserialize, calculateObjectSize, ...types } = bson;
  module.exports = {
    ...types, ...errorTypes, MongoClient, Db, Collection, Admin, ReadPreference, Server,
    AbstractCursor: cursors.AbstractCursor, FindCursor: cursors.FindCursor, AggregationCursor: cursors.AggregationCursor,
    ListCollectionsCursor: cursors.CommandCursor, ListIndexesCursor: cursors.CommandCursor, Cursor: cursors.FindCursor,
    BSON: bson.BSON, ReturnDocument: Object.freeze({ BEFORE: 'before', AFTER: 'after' }),
    BulkWriteError: errors.MongoBulkWriteError, MongoTimeoutError: errors.MongoServerSelectionError,
    connect: MongoClient.connect,
  };
  module.exports.default = module.exports;
})
