// Cursors: a command that begins one, and further batches as they are read.
(function (kit, module, require) {
  'use strict';
  const { MongoCursorExhaustedError, MongoCursorInUseError, MongoInvalidArgumentError } = require('internal/mongodb/error');

  const directions = { 1: 1, asc: 1, ascending: 1, '-1': -1, desc: -1, descending: -1 };
  const direction = (value = 1) => {
    if (typeof value === 'object' && value !== null && typeof value.$meta === 'string') return value;
    const found = directions[`${value}`.toLowerCase()];
    if (found === undefined) throw new MongoInvalidArgumentError(`Invalid sort direction: ${JSON.stringify(value)}`);
    return found;
  };

  /** Every way to say an order, as the map that the server takes. */
  function formatSort(sort, way) {
    if (sort === undefined || sort === null) return undefined;
    if (typeof sort === 'string') return new Map([[sort, direction(way)]]);
    if (typeof sort !== 'object') throw new MongoInvalidArgumentError(`Invalid sort format: ${JSON.stringify(sort)} Sort must be a valid object`);
    const isDirection = (value) => (typeof value === 'object' && value !== null) || `${value}`.toLowerCase() in directions;
    const entries = !Array.isArray(sort) ? [...(sort instanceof Map ? sort : Object.entries(sort))]
      : Array.isArray(sort[0]) ? sort
        : sort.length === 2 && isDirection(sort[1]) ? [sort] : sort.map((field) => [field, 1]);
    return entries.length === 0 ? undefined : new Map(entries.map(([field, each]) => [`${field}`, direction(each)]));
  }

  const asProjection = (given) => (Array.isArray(given) ? Object.fromEntries((given.length ? given : ['_id']).map((field) => [field, 1])) : given);

  class AbstractCursor {
    #run;
    #database;
    #collection;
    #buffer = [];
    #cursorId;
    #begun = false;
    #closed = false;
    #ended = false;
    #transform;

    constructor(run, database, collection, options) {
      this.#run = run;
      this.#database = database;
      this.#collection = collection;
      // Whatever one cursor is told, the script's own object stays as it was.
      Object.defineProperty(this, 'settings', { value: { ...options }, writable: true });
    }

    get closed() { return this.#closed; }
    get killed() { return false; }
    get id() { return this.#cursorId; }
    get namespace() { return { db: this.#database, collection: this.#collection, toString: () => `${this.#database}.${this.#collection}` }; }
    isClosed() { return this.#closed; }
    bufferedCount() { return this.#buffer.length; }

    set(name, value) {
      if (this.#begun) throw new MongoCursorInUseError('Cursor is already initialized');
      this.settings[name] = value;
      return this;
    }

    async #fetch() {
      const read = this.settings.readPreference;
      if (!this.#begun) {
        this.#begun = true;
        const { cursor } = await this.#run(this.#database, this.begin(this.#collection), { read, bson: this.settings });
        this.#take(cursor, cursor.firstBatch);
      } else {
        const size = this.settings.batchSize;
        const command = { getMore: this.#cursorId, collection: this.#collection, ...(size > 0 ? { batchSize: size } : {}) };
        const { cursor } = await this.#run(this.#database, command, { read, bson: this.settings });
        this.#take(cursor, cursor.nextBatch);
      }
    }

    #take(cursor, batch) {
      this.#cursorId = cursor.id;
      // listCollections and others answer under a name of their own.
      if (typeof cursor.ns === 'string') this.#collection = cursor.ns.slice(cursor.ns.indexOf('.') + 1);
      this.#buffer = batch;
    }

    get #isDead() { return this.#begun && (!this.#cursorId || this.#cursorId.isZero?.()); }

    async #ready() {
      while (!this.#closed && this.#buffer.length === 0 && !this.#isDead) await this.#fetch();
      if (this.#buffer.length === 0) this.#closed = true;
      return this.#buffer.length > 0;
    }

    async #takeOne() {
      if (this.#ended) throw new MongoCursorExhaustedError('Cursor is exhausted');
      if (!(await this.#ready())) return null;
      const document = this.#buffer.shift();
      return this.#transform ? this.#transform(document) : document;
    }

    next(callback) { return kit.answer(this.#takeOne(), callback); }
    tryNext(callback) { return this.next(callback); }
    hasNext(callback) { return kit.answer(this.#ready(), callback); }

    toArray(callback) {
      const all = async () => {
        const documents = [];
        for (;;) {
          if (!(await this.#ready())) return documents;
          documents.push(...(this.#transform ? this.#buffer.map((each) => this.#transform(each)) : this.#buffer));
          this.#buffer = [];
        }
      };
      return kit.answer(all(), callback);
    }

    forEach(iterator, callback) {
      if (typeof iterator !== 'function') throw new MongoInvalidArgumentError('Argument "iterator" must be a function');
      const all = async () => {
        for (let document = await this.#takeOne(); document !== null; document = await this.#takeOne()) {
          if (iterator(document) === false) break;
        }
      };
      return kit.answer(all(), typeof callback === 'function' ? (error) => (error ? callback(error) : callback(null)) : undefined);
    }

    /** Of version 2 and 3: each document, then null. */
    each(callback) {
      const all = async () => {
        for (let document = await this.#takeOne(); document !== null; document = await this.#takeOne()) {
          if (callback(null, document) === false) return;
        }
        callback(null, null);
      };
      all().catch((error) => kit.guard(callback, error));
    }

    map(transform) {
      const before = this.#transform;
      this.#transform = before ? (document) => transform(before(document)) : transform;
      return this;
    }

    stream() {
      const EventEmitter = require('events');
      const stream = new EventEmitter();
      const all = async () => {
        for (let document = await this.#takeOne(); document !== null; document = await this.#takeOne()) stream.emit('data', document);
        stream.emit('end');
        stream.emit('close');
      };
      // Listeners are added after this returns.
      Promise.resolve().then(all).catch((error) => kit.guard(() => stream.emit('error', error)));
      return stream;
    }

    on(event, listener) {
      this.events ??= this.stream();
      this.events.on(event, listener);
      return this;
    }

    readBufferedDocuments(count = this.#buffer.length) { return this.#buffer.splice(0, count); }

    rewind() {
      this.#buffer = [];
      this.#begun = false;
      this.#closed = false;
      this.#ended = false;
      this.#cursorId = undefined;
    }

    close(options, callback) {
      const end = async () => {
        const open = this.#begun && !this.#isDead;
        this.#closed = true;
        this.#ended = true;
        this.#buffer = [];
        if (open) await this.#run(this.#database, { killCursors: this.#collection, cursors: [this.#cursorId] }, {});
        this.#cursorId = undefined;
      };
      return kit.answer(end(), typeof options === 'function' ? options : callback);
    }

    async* [Symbol.asyncIterator]() {
      try {
        for (let document = await this.#takeOne(); document !== null; document = await this.#takeOne()) yield document;
      } finally {
        await this.close();
      }
    }

    addCursorFlag() { return this; }
    setReadPreference(preference) { return this.withReadPreference(preference); }
    withReadPreference(preference) { return this.set('readPreference', preference?.mode ?? preference); }
    withReadConcern() { return this; }
    maxTimeMS(value) { return this.set('maxTimeMS', value); }
    batchSize(value) { return this.set('batchSize', value); }
    comment(value) { return this.set('comment', value); }
    collation(value) { return this.set('collation', value); }
    hint(value) { return this.set('hint', value); }

    /** What each command takes from the settings under the same name. */
    common(command) {
      for (const name of ['maxTimeMS', 'comment', 'collation', 'hint', 'let', 'allowDiskUse']) {
        if (this.settings[name] !== undefined) command[name] = this.settings[name];
      }
      return command;
    }
  }

  class FindCursor extends AbstractCursor {
    constructor(run, database, collection, filter, options) {
      super(run, database, collection, options);
      Object.defineProperty(this, 'query', { value: filter, writable: true });
      Object.defineProperty(this, 'source', { value: [run, database, collection] });
    }

    begin(collection) {
      const { sort, skip, limit, batchSize, singleBatch } = this.settings;
      const projection = asProjection(this.settings.projection ?? this.settings.fields);
      const command = { find: collection, filter: this.query };
      const order = formatSort(sort);
      if (order) command.sort = order;
      if (projection) command.projection = projection;
      if (typeof skip === 'number' && skip !== 0) command.skip = skip;
      if (typeof limit === 'number' && limit !== 0) command.limit = Math.abs(limit);
      if (limit < 0 || singleBatch) command.singleBatch = true;
      if (typeof batchSize === 'number' && batchSize > 0) command.batchSize = batchSize === limit ? batchSize + 1 : batchSize;
      for (const name of ['max', 'min', 'returnKey', 'showRecordId']) {
        if (this.settings[name] !== undefined) command[name] = this.settings[name];
      }
      return this.common(command);
    }

    filter(value) { this.set('filtered', true); this.query = value; return this; }
    sort(by, way) { return this.set('sort', formatSort(by, way)); }

    limit(value) {
      if (typeof value !== 'number') throw new MongoInvalidArgumentError('Operation "limit" requires an integer');
      return this.set('limit', value);
    }

    skip(value) {
      if (typeof value !== 'number') throw new MongoInvalidArgumentError('Operation "skip" requires an integer');
      return this.set('skip', value);
    }

    project(value) { return this.set('projection', value); }
    min(value) { return this.set('min', value); }
    max(value) { return this.set('max', value); }
    allowDiskUse(value = true) { return this.set('allowDiskUse', value); }
    clone() { return new FindCursor(...this.source, this.query, this.settings); }

    count(applySkipLimit, options, callback) {
      const [run, database, collection] = this.source;
      const call = [applySkipLimit, options, callback].find((each) => typeof each === 'function');
      const { skip, limit } = this.settings;
      const command = {
        count: collection, query: this.query,
        ...(applySkipLimit === false || !skip ? {} : { skip }),
        ...(applySkipLimit === false || !limit ? {} : { limit }),
      };
      return kit.answer(run(database, this.common(command), { read: this.settings.readPreference }).then((reply) => reply.n), call);
    }

    explain(verbosity, callback) {
      const [run, database, collection] = this.source;
      const call = typeof verbosity === 'function' ? verbosity : callback;
      return kit.answer(run(database, { explain: this.begin(collection), verbosity: typeof verbosity === 'string' ? verbosity : 'allPlansExecution' }, {}), call);
    }
  }

  class AggregationCursor extends AbstractCursor {
    constructor(run, database, collection, pipeline, options) {
      super(run, database, collection, options);
      Object.defineProperty(this, 'pipeline', { value: [...pipeline] });
      Object.defineProperty(this, 'isOfDatabase', { value: collection === undefined });
    }

    begin(collection) {
      const size = this.settings.batchSize ?? this.settings.cursor?.batchSize;
      return this.common({ aggregate: this.isOfDatabase ? 1 : collection, pipeline: this.pipeline, cursor: size > 0 ? { batchSize: size } : {} });
    }

    addStage(stage) { this.set('staged', true); this.pipeline.push(stage); return this; }
    get(callback) { return this.toArray(callback); }
  }
  for (const name of ['group', 'limit', 'match', 'out', 'project', 'lookup', 'redact', 'skip', 'sort', 'unwind', 'geoNear']) {
    Object.defineProperty(AggregationCursor.prototype, name, { value(stage) { return this.addStage({ [`$${name}`]: stage }); }, writable: true, configurable: true });
  }

  /** listCollections and listIndexes: a command that answers with a cursor. */
  class CommandCursor extends AbstractCursor {
    constructor(run, database, command, options) {
      super(run, database, '$cmd', options);
      Object.defineProperty(this, 'command', { value: command });
    }

    begin() {
      const size = this.settings.batchSize;
      return { ...this.command, cursor: size > 0 ? { batchSize: size } : {} };
    }
  }

  module.exports = { AbstractCursor, FindCursor, AggregationCursor, CommandCursor, formatSort, asProjection };
})
