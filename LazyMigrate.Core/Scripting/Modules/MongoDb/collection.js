// Collection: https://mongodb.github.io/node-mongodb-native/6.20/classes/Collection.html, and what versions 2 and 3 had beside it.
(function (kit, module, require) {
  'use strict';
  const { ObjectId } = require('bson');
  const errors = require('internal/mongodb/error');
  const { FindCursor, AggregationCursor, CommandCursor, formatSort, asProjection } = require('internal/mongodb/cursor');
  const { MongoServerError, MongoInvalidArgumentError, MongoWriteConcernError, MongoBulkWriteError, MongoError, MongoAPIError } = errors;

  /** The last argument where it is a function, and the others. */
  function split(args) {
    const at = args.findLastIndex((each) => each !== undefined);
    return typeof args[at] === 'function' ? { args: args.slice(0, at), callback: args[at] } : { args, callback: undefined };
  }

  const hasOperators = (update) => (Array.isArray(update) ? update.length > 0 : Object.keys(update ?? {})[0]?.[0] === '$');
  const hidden = (object, fields) => {
    for (const [name, value] of Object.entries(fields)) {
      if (!(name in object)) Object.defineProperty(object, name, { value, writable: true, configurable: true });
    }
    return object;
  };

  class Collection {
    #db;
    #name;
    #habits;

    /** `habits.legacy`: the results of versions 2 and 3; `habits.metadata`: findOneAnd… answers with value, lastErrorObject and ok. */
    constructor(db, name, habits) {
      if (typeof name !== 'string') throw new MongoInvalidArgumentError('Collection name must be a String');
      this.#db = db;
      this.#name = name;
      this.#habits = habits;
    }

    get dbName() { return this.#db.databaseName; }
    get collectionName() { return this.#name; }
    get namespace() { return `${this.dbName}.${this.#name}`; }

    #run(command, options) { return this.#db.run(command, options); }
    get #runner() { return (database, command, options) => this.#db.runIn(database, command, options); }

    // Reading.

    find(...given) {
      const { args: [filter, options], callback } = split(given);
      if (filter !== undefined && filter !== null && typeof filter !== 'object') throw this.#wrong('query selector must be an object', 'Argument "filter" must be an object');
      const query = filter?._bsontype === 'ObjectId' ? { _id: filter } : filter ?? {};
      const cursor = new FindCursor(this.#runner, this.dbName, this.#name, query, this.#habits.readFindOptions(options));
      if (options?.sort) cursor.sort(options.sort);
      if (!callback) return cursor;
      kit.guard(callback, null, cursor);
      return undefined;
    }

    findOne(...given) {
      const { args: [filter, options], callback } = split(given);
      const one = async () => {
        const cursor = this.find(filter ?? {}, { ...this.#habits.readFindOptions(options), sort: options?.sort, batchSize: undefined, singleBatch: true });
        return cursor.limit(1).next();
      };
      return kit.answer(one(), callback);
    }

    countDocuments(...given) {
      const { args: [filter = {}, options = {}], callback } = split(given);
      const count = async () => {
        const pipeline = [{ $match: filter }];
        if (typeof options.skip === 'number') pipeline.push({ $skip: options.skip });
        if (typeof options.limit === 'number') pipeline.push({ $limit: options.limit });
        pipeline.push({ $group: { _id: 1, n: { $sum: 1 } } });
        return (await this.aggregate(pipeline, { ...options, skip: undefined, limit: undefined }).next())?.n ?? 0;
      };
      return kit.answer(count(), callback);
    }

    count(...given) {
      const { args: [filter = {}, options = {}], callback } = split(given);
      const command = { count: this.#name, query: filter };
      for (const name of ['limit', 'skip', 'hint', 'maxTimeMS', 'collation']) if (options?.[name] !== undefined) command[name] = options[name];
      return kit.answer(this.#run(command).then((reply) => reply.n), callback);
    }

    estimatedDocumentCount(...given) {
      const { callback } = split(given);
      return kit.answer(this.#run({ count: this.#name }).then((reply) => reply.n), callback);
    }

    distinct(...given) {
      const { args: [key, filter = {}, options = {}], callback } = split(given);
      const command = { distinct: this.#name, key, query: filter, ...(options?.collation ? { collation: options.collation } : {}) };
      return kit.answer(this.#run(command, { bson: options, read: options?.readPreference }).then((reply) => reply.values), callback);
    }

    aggregate(...given) {
      const { args: [pipeline = [], options], callback } = split(given);
      if (!Array.isArray(pipeline)) throw new MongoInvalidArgumentError('Argument "pipeline" must be an array of aggregation stages');
      const cursor = new AggregationCursor(this.#runner, this.dbName, this.#name, pipeline, options);
      if (!callback) return cursor;
      kit.guard(callback, null, cursor);
      return undefined;
    }

    // Writing.

    #wrong(old, recent) { return this.#habits.legacy ? new MongoError(old) : new MongoInvalidArgumentError(recent); }

    async #write(command, options) {
      if (options?.comment !== undefined) command.comment = options.comment;
      if (options?.let !== undefined) command.let = options.let;
      if (typeof options?.bypassDocumentValidation === 'boolean') command.bypassDocumentValidation = options.bypassDocumentValidation;
      if (options?.writeConcern) command.writeConcern = options.writeConcern;
      const reply = await this.#run(command, { bson: options });
      if (reply.writeConcernError) throw new MongoWriteConcernError(reply.writeConcernError);
      return reply;
    }

    async #writeOne(command, options) {
      const reply = await this.#write(command, options);
      if (reply.writeErrors) throw new MongoServerError(reply.writeErrors[0]);
      return reply;
    }

    /** The shape of the version that the script was written for; the other's fields are there too, where nobody sees them. */
    #result(recent, old) {
      return this.#habits.legacy ? { ...recent, ...old, acknowledged: undefined } : hidden({ acknowledged: true, ...recent }, old);
    }

    #withId(document, options) {
      if (options?.forceServerObjectId !== true && (document._id === undefined || document._id === null)) document._id = new ObjectId();
      return document;
    }

    insertOne(...given) {
      const { args: [document, options], callback } = split(given);
      const insert = async () => {
        if (Array.isArray(document)) throw this.#wrong('doc parameter must be an object', 'Argument "doc" must be an object');
        this.#withId(document, options);
        const reply = await this.#writeOne({ insert: this.#name, documents: [document], ordered: true }, options);
        return this.#result({ insertedId: document._id }, { insertedCount: reply.n, ops: [document], result: { ok: reply.ok, n: reply.n } });
      };
      return kit.answer(insert(), callback);
    }

    insertMany(...given) {
      const { args: [documents, options], callback } = split(given);
      const insert = async () => {
        if (!Array.isArray(documents)) throw this.#wrong('docs parameter must be an array of documents', 'Argument "docs" must be an array of documents');
        const made = await this.bulkWrite(documents.map((document) => ({ insertOne: { document } })), options);
        return this.#result(
          { insertedCount: made.insertedCount, insertedIds: made.insertedIds },
          { ops: documents, result: { ok: 1, n: made.insertedCount } });
      };
      return kit.answer(insert(), callback);
    }

    #updateResult(reply) {
      const upserted = reply.upserted ?? [];
      const result = { ok: reply.ok, n: reply.n, nModified: reply.nModified, ...(reply.upserted ? { upserted } : {}) };
      return this.#result({
        modifiedCount: reply.nModified ?? reply.n,
        upsertedId: upserted.length > 0 ? (this.#habits.legacy ? upserted[0] : upserted[0]._id) : null,
        upsertedCount: upserted.length,
        matchedCount: upserted.length > 0 ? 0 : reply.n,
      }, { result });
    }

    #updateStatement(filter, update, options, multi) {
      if (filter === null || filter === undefined || typeof filter !== 'object') throw this.#wrong('selector must be a valid JavaScript object', 'Selector must be a valid JavaScript object');
      if (update === null || update === undefined || typeof update !== 'object') throw this.#wrong('document must be a valid JavaScript object', 'Document must be a valid JavaScript object');
      const statement = { q: filter, u: update };
      if (options?.upsert !== undefined) statement.upsert = Boolean(options.upsert);
      if (multi) statement.multi = true;
      for (const name of ['hint', 'arrayFilters', 'collation']) if (options?.[name]) statement[name] = options[name];
      if (options?.sort && !multi) statement.sort = formatSort(options.sort);
      return statement;
    }

    #update(given, multi, mustHaveOperators) {
      const { args: [filter, update, options], callback } = split(given);
      // Thrown at once up to version 3, a rejection later.
      if (this.#habits.legacy && mustHaveOperators && !hasOperators(update)) throw new TypeError('Update document requires atomic operators');
      const run = async () => {
        if (mustHaveOperators === true && !hasOperators(update)) throw new MongoInvalidArgumentError('Update document requires atomic operators');
        if (mustHaveOperators === false && hasOperators(update)) throw new MongoInvalidArgumentError('Replacement document must not contain atomic operators');
        return this.#updateResult(await this.#writeOne({ update: this.#name, updates: [this.#updateStatement(filter, update, options, multi)], ordered: true }, options));
      };
      return kit.answer(run(), callback);
    }

    updateOne(...given) { return this.#update(given, false, true); }
    updateMany(...given) { return this.#update(given, true, true); }

    replaceOne(...given) {
      if (!this.#habits.legacy) return this.#update(given, false, false);
      if (hasOperators(given[1])) throw new TypeError('Replacement document must not contain atomic operators');
      const { args, callback } = split(given);
      return kit.answer(this.#update(args, false).then((result) => ({ ...result, ops: [given[1]] })), callback);
    }

    #delete(given, limit) {
      const { args: [filter, options], callback } = split(given);
      const run = async () => {
        const statement = { q: filter ?? {}, limit };
        for (const name of ['hint', 'collation']) if (options?.[name]) statement[name] = options[name];
        const reply = await this.#writeOne({ delete: this.#name, deletes: [statement], ordered: true }, options);
        return this.#result({ deletedCount: reply.n }, { result: { ok: reply.ok, n: reply.n } });
      };
      return kit.answer(run(), callback);
    }

    deleteOne(...given) { return this.#delete(given, 1); }
    deleteMany(...given) { return this.#delete(given, 0); }

    /** Several writes, one command for each row of the same kind. */
    bulkWrite(...given) {
      const { args: [operations, options], callback } = split(given);
      const ordered = options?.ordered !== false;
      const run = async () => {
        if (!Array.isArray(operations)) throw this.#wrong('operations must be an array of documents', 'Argument "operations" must be an array of documents');
        if (operations.length === 0) throw this.#wrong('Invalid BulkOperation, Batch cannot be empty', 'Invalid BulkOperation, Batch cannot be empty');
        const result = { insertedCount: 0, matchedCount: 0, modifiedCount: 0, deletedCount: 0, upsertedCount: 0, upsertedIds: {}, insertedIds: {} };
        const failed = [];
        for (const group of this.#groups(operations)) {
          const reply = await this.#write({ [group.verb]: this.#name, [`${group.verb}s`.replace('inserts', 'documents')]: group.statements, ordered }, options);
          this.#count(result, group, reply, ordered);
          failed.push(...(reply.writeErrors ?? []).map((each) => ({ ...each, index: each.index + group.first })));
          if (ordered && failed.length > 0) break;
        }
        if (failed.length > 0) throw this.#habits.asBulkError(new MongoBulkWriteError(failed, result));
        return this.#habits.legacy ? { result: { ok: 1 }, ...result } : { ok: 1, ...result };
      };
      return kit.answer(run(), callback);
    }

    #groups(operations) {
      const groups = [];
      operations.forEach((operation, index) => {
        const [kind, value] = Object.entries(operation ?? {})[0] ?? [];
        const [verb, statement] = this.#statementOf(kind, value);
        const last = groups.at(-1);
        if (last?.verb === verb) last.statements.push(statement);
        else groups.push({ verb, first: index, statements: [statement] });
      });
      return groups;
    }

    #statementOf(kind, value) {
      switch (kind) {
        case 'insertOne': return ['insert', this.#withId(value.document ?? value)];
        case 'updateOne': return ['update', this.#updateStatement(value.filter, value.update, value, false)];
        case 'updateMany': return ['update', this.#updateStatement(value.filter, value.update, value, true)];
        case 'replaceOne': return ['update', this.#updateStatement(value.filter, value.replacement, value, false)];
        case 'deleteOne': return ['delete', { q: value.filter, limit: 1 }];
        case 'deleteMany': return ['delete', { q: value.filter, limit: 0 }];
        default: throw new MongoInvalidArgumentError('bulkWrite only supports insertOne, updateOne, updateMany, deleteOne, deleteMany');
      }
    }

    #count(result, group, reply, ordered) {
      const failed = new Set((reply.writeErrors ?? []).map((each) => each.index));
      switch (group.verb) {
        case 'insert': {
          result.insertedCount += reply.n;
          const stop = ordered && failed.size > 0 ? Math.min(...failed) : group.statements.length;
          group.statements.slice(0, stop).forEach((document, i) => { if (!failed.has(i)) result.insertedIds[group.first + i] = document._id; });
          break;
        }
        case 'update':
          result.matchedCount += reply.n - (reply.upserted?.length ?? 0);
          result.modifiedCount += reply.nModified ?? 0;
          result.upsertedCount += reply.upserted?.length ?? 0;
          for (const each of reply.upserted ?? []) result.upsertedIds[group.first + each.index] = each._id;
          break;
        default: result.deletedCount += reply.n;
      }
    }

    async #modify(command, options, callback) {
      const order = formatSort(options?.sort);
      if (order) command.sort = order;
      const fields = asProjection(options?.projection ?? options?.fields);
      if (fields) command.fields = fields;
      for (const name of ['maxTimeMS', 'arrayFilters', 'collation', 'hint']) if (options?.[name] !== undefined) command[name] = options[name];
      const reply = await this.#write(command, options);
      const isWhole = options?.includeResultMetadata ?? (this.#habits.metadata || (!this.#habits.isVersioned && callback !== undefined));
      return isWhole ? { lastErrorObject: reply.lastErrorObject, value: reply.value ?? null, ok: reply.ok } : reply.value ?? null;
    }

    #findAndModify(given, isUpdate) {
      const { args: [filter, update, options], callback } = split(given);
      const run = async () => {
        if (filter === null || filter === undefined || typeof filter !== 'object') throw this.#wrong('filter parameter must be an object', 'Argument "filter" must be an object');
        if (update === null || update === undefined || typeof update !== 'object') {
          throw this.#wrong(`${isUpdate ? 'update' : 'replacement'} parameter must be an object`, `Argument "${isUpdate ? 'update' : 'replacement'}" must be an object`);
        }
        if (isUpdate !== hasOperators(update)) throw this.#wrong('Update document requires atomic operators', isUpdate ? 'Update document requires atomic operators' : 'Replacement document must not contain atomic operators');
        const isNew = options?.returnDocument === 'after' || options?.returnOriginal === false;
        return this.#modify({ findAndModify: this.#name, query: filter, remove: false, new: isNew, upsert: options?.upsert === true, update }, options, callback);
      };
      return kit.answer(run(), callback);
    }

    findOneAndUpdate(...given) { return this.#findAndModify(given, true); }
    findOneAndReplace(...given) { return this.#findAndModify(given, false); }

    findOneAndDelete(...given) {
      const { args: [filter, options], callback } = split(given);
      const run = async () => {
        if (filter === null || filter === undefined || typeof filter !== 'object') throw this.#wrong('filter parameter must be an object', 'Argument "filter" must be an object');
        return this.#modify({ findAndModify: this.#name, query: filter, remove: true, new: false, upsert: false }, options, callback);
      };
      return kit.answer(run(), callback);
    }

    // Versions 2 and 3.

    insert(...given) {
      const { args: [documents, options], callback } = split(given);
      return this.insertMany(Array.isArray(documents) ? documents : [documents], options, callback);
    }

    update(...given) {
      const { args: [filter, update, options], callback } = split(given);
      return this.#updateLegacy(filter, update, options, callback);
    }

    #updateLegacy(filter, update, options, callback) {
      const run = async () => {
        const statement = this.#updateStatement(filter, update, { ...options, upsert: Boolean(options?.upsert) }, Boolean(options?.multi));
        const reply = await this.#writeOne({ update: this.#name, updates: [statement], ordered: true }, options);
        const result = { ok: reply.ok, n: reply.n, nModified: reply.nModified, ...(reply.upserted ? { upserted: reply.upserted } : {}) };
        return hidden({ result }, { modifiedCount: reply.nModified, matchedCount: reply.n });
      };
      return kit.answer(run(), callback);
    }

    remove(...given) {
      const { args: [filter, options], callback } = split(given);
      return this.#delete([filter, options, callback], options?.single || options?.justOne ? 1 : 0);
    }

    save(...given) {
      const { args: [document, options], callback } = split(given);
      if (document._id === undefined || document._id === null) return this.insertOne(document, options, callback);
      return this.#updateLegacy({ _id: document._id }, document, { ...options, upsert: true }, callback);
    }

    findAndModify(...given) {
      const { args: [query, sort, update, options], callback } = split(given);
      const run = async () => {
        const command = { findAndModify: this.#name, query: query ?? {}, new: Boolean(options?.new), remove: Boolean(options?.remove), upsert: Boolean(options?.upsert) };
        if (update && !options?.remove) command.update = update;
        return this.#modify(command, { ...options, sort, includeResultMetadata: true }, callback);
      };
      return kit.answer(run(), callback);
    }

    findAndRemove(...given) {
      const { args: [query, sort, options], callback } = split(given);
      return this.findAndModify(query, sort, null, { ...options, remove: true }, callback);
    }

    // Indexes and the collection itself.

    createIndex(...given) {
      const { args: [fields, options = {}], callback } = split(given);
      const key = formatSort(fields);
      const name = options.name ?? [...key].map(([field, way]) => `${field}_${way}`).join('_');
      const { unique, sparse, expireAfterSeconds, partialFilterExpression, collation } = options;
      const index = { ...(unique === undefined ? {} : { unique }), ...(sparse === undefined ? {} : { sparse }), ...(expireAfterSeconds === undefined ? {} : { expireAfterSeconds }), ...(partialFilterExpression ? { partialFilterExpression } : {}), ...(collation ? { collation } : {}), name, key };
      return kit.answer(this.#run({ createIndexes: this.#name, indexes: [index] }).then(() => name), callback);
    }

    ensureIndex(...given) { return this.createIndex(...given); }
    listIndexes(options) { return new CommandCursor(this.#runner, this.dbName, { listIndexes: this.#name }, options); }
    indexes(...given) { return this.listIndexes().toArray(split(given).callback); }
    dropIndex(...given) {
      const { args: [index], callback } = split(given);
      return kit.answer(this.#run({ dropIndexes: this.#name, index }), callback);
    }

    drop(...given) { return this.#db.dropCollection(this.#name, split(given).callback); }

    rename(...given) {
      const { args: [to, options], callback } = split(given);
      const run = async () => {
        await this.#db.runIn('admin', { renameCollection: this.namespace, to: `${this.dbName}.${to}`, dropTarget: options?.dropTarget === true });
        return this.#db.collection(to);
      };
      return kit.answer(run(), callback);
    }

    watch() { throw new MongoAPIError('Change streams are not available here.'); }
    mapReduce() { throw new MongoAPIError('JavaScript for the server (mapReduce) is not available here. Use aggregate().'); }
  }
  for (const [old, name] of [['removeOne', 'deleteOne'], ['removeMany', 'deleteMany']]) {
    Object.defineProperty(Collection.prototype, old, { value: Collection.prototype[name], writable: true, configurable: true });
  }

  module.exports = { Collection, split, hidden };
})
