// Version 6: promises, results, types, cursors and errors.
module.exports = async (check, env) => {
  const { MongoClient, ObjectId, Long, Int32, Double, Decimal128, Binary, UUID, Timestamp, BSONRegExp, MinKey, MaxKey, ReadPreference } = require('mongodb');
  const client = new MongoClient(env.DB_CONNECTION_URI);
  await check('connect gives the client', async () => (await client.connect()) === client);
  const db = client.db();
  await db.dropDatabase();
  const people = db.collection('people');
  const id = (n) => new ObjectId(String(n).padStart(24, '0'));
  const born = new Date('1815-12-10T00:00:00.123Z');

  // Names.
  await check('names', () => [db.databaseName === env.DB_DATABASE, people.collectionName, people.dbName === env.DB_DATABASE, people.namespace === `${env.DB_DATABASE}.people`]);
  await check('other database', () => client.db('other').databaseName);

  // Writing.
  await check('insertOne', () => people.insertOne({ _id: id(1), email: 'ada@example.com', name: 'Ada', age: 36, born, tags: ['a', 'b'], address: { city: 'London', zip: 'W1' } }));
  await check('insertMany', () => people.insertMany([
    { _id: id(2), email: 'grace@example.com', name: 'Grace', age: 85, tags: [], address: { city: 'New York' } },
    { _id: id(3), email: 'alan@example.com', name: 'Alan', age: 41, blocked: true },
  ]));
  await check('insert makes an id', async () => {
    const document = { email: 'new@example.com' };
    const result = await people.insertOne(document);
    return [result.acknowledged, result.insertedId instanceof ObjectId, result.insertedId.equals(document._id), Object.keys(document)];
  });
  await check('createIndex', () => people.createIndex({ email: 1 }, { unique: true }));
  await check('indexes', async () => (await people.indexes()).map(({ name, key, unique }) => ({ name, key, unique })));
  await check('duplicate', () => people.insertOne({ email: 'ada@example.com' }));
  await check('duplicate fields', async () => {
    const error = await people.insertOne({ email: 'ada@example.com' }).catch((e) => e);
    return [error.name, error.code, error.keyPattern, error.keyValue, error.index, error.errmsg === error.message, error instanceof Error];
  });
  await check('duplicate in insertMany', async () => {
    const error = await people.insertMany([{ _id: id(7), email: 'x@example.com' }, { _id: id(8), email: 'ada@example.com' }, { _id: id(9), email: 'y@example.com' }]).catch((e) => e);
    return [error.name, error.code, error.message, error.insertedCount, error.writeErrors.length];
  });
  await check('unordered insertMany', async () => {
    const error = await people.insertMany([{ _id: id(7), email: 'again@example.com' }, { _id: id(10), email: 'z@example.com' }], { ordered: false }).catch((e) => e);
    return [error.name, error.code, error.insertedCount, await people.countDocuments({ _id: id(10) })];
  });
  await check('updateOne', () => people.updateOne({ _id: id(1) }, { $set: { name: 'Ada L.' }, $inc: { age: 1 } }));
  await check('updateOne of the same', () => people.updateOne({ _id: id(1) }, { $set: { name: 'Ada L.' } }));
  await check('updateOne of nobody', () => people.updateOne({ _id: id(99) }, { $set: { name: 'x' } }));
  await check('updateOne with upsert', () => people.updateOne({ _id: id(4) }, { $set: { name: 'Kurt' }, $setOnInsert: { email: 'kurt@example.com' } }, { upsert: true }));
  await check('updateMany', () => people.updateMany({ age: { $gt: 40 } }, { $set: { old: true } }));
  await check('update without operators', () => people.updateOne({ _id: id(1) }, { name: 'x' }));
  await check('unset and push', async () => {
    await people.updateOne({ _id: id(1) }, { $unset: { 'address.zip': '' }, $push: { tags: 'c' } });
    return people.findOne({ _id: id(1) }, { projection: { tags: 1, address: 1 } });
  });
  await check('replaceOne', async () => [await people.replaceOne({ _id: id(4) }, { email: 'kurt@example.com', n: 1 }), await people.findOne({ _id: id(4) })]);
  await check('replace with operators', () => people.replaceOne({ _id: id(4) }, { $set: { n: 1 } }));
  await check('wrong type of $inc', async () => {
    const error = await people.updateOne({ _id: id(1) }, { $inc: { name: 1 } }).catch((e) => e);
    return [error.name, error.code];
  });
  await check('changed id', async () => {
    const error = await people.updateOne({ _id: id(1) }, { $set: { _id: id(2) } }).catch((e) => e);
    return [error.name, error.code];
  });
  await check('deleteOne', () => people.deleteOne({ _id: id(7) }));
  await check('deleteMany', () => people.deleteMany({ _id: { $in: [id(10), id(11)] } }));
  await check('delete nobody', () => people.deleteOne({ _id: id(99) }));
  await check('bulkWrite', async () => {
    const result = await people.bulkWrite([
      { insertOne: { document: { _id: id(20), email: 'b1@example.com' } } },
      { updateOne: { filter: { _id: id(20) }, update: { $set: { n: 1 } } } },
      { deleteOne: { filter: { _id: id(20) } } },
    ]);
    return [result.insertedCount, result.matchedCount, result.modifiedCount, result.deletedCount, result.upsertedCount, result.insertedIds];
  });

  // Reading.
  await check('findOne', () => people.findOne({ email: 'ada@example.com' }));
  await check('findOne of nobody', () => people.findOne({ email: 'nobody@example.com' }));
  await check('findOne by id', async () => (await people.findOne(id(2))).name);
  await check('projection', () => people.findOne({ _id: id(2) }, { projection: { _id: 0, name: 1, 'address.city': 1 } }));
  await check('projection that leaves out', () => people.findOne({ _id: id(3) }, { projection: { tags: 0, email: 0 } }));
  await check('filters', async () => {
    const names = async (filter) => (await people.find(filter).sort({ _id: 1 }).map((each) => each.name ?? null).toArray());
    return [
      await names({ age: { $gte: 41, $lt: 85 } }), await names({ $or: [{ name: 'Grace' }, { age: 41 }] }), await names({ name: { $in: ['Alan', 'x'] } }),
      await names({ name: { $exists: true, $nin: ['Alan'] } }), await names({ 'address.city': 'London' }), await names({ tags: 'b' }),
      await names({ name: { $not: /^a/i }, age: { $exists: true } }), await names({ name: { $regex: '^gr', $options: 'i' } }), await names({ name: /^AL/i }),
      await names({ $and: [{ blocked: { $ne: true } }, { age: { $type: 'number' } }] }), await names({ tags: { $size: 0 } }), await names({ blocked: null, age: 85 }),
    ];
  });
  await check('sort limit skip', async () => (await people.find({ age: { $exists: true } }).sort({ age: -1 }).skip(1).limit(1).toArray()).map((each) => each.name));
  await check('sort by pairs', async () => (await people.find({ age: { $exists: true } }, { sort: [['age', 'asc']], projection: { age: 1, _id: 0 } }).toArray()));
  await check('project', () => people.find({ _id: id(3) }).project({ name: 1, _id: 0 }).toArray());
  await check('next and hasNext', async () => {
    const cursor = people.find({ age: { $exists: true } }).sort('age');
    return [await cursor.hasNext(), (await cursor.next()).age, (await cursor.next()).age, (await cursor.next()).age, await cursor.hasNext(), await cursor.next()];
  });
  await check('forEach', async () => {
    const seen = [];
    await people.find({ age: { $exists: true } }).sort({ age: 1 }).forEach((each) => { seen.push(each.age); });
    return seen;
  });
  await check('for await', async () => {
    const seen = [];
    for await (const each of people.find({ age: { $exists: true } }).sort({ age: 1 })) seen.push(each.age);
    return seen;
  });
  await check('sort after reading', async () => {
    const cursor = people.find({});
    await cursor.next();
    try {
      return cursor.sort({ age: 1 });
    } finally {
      await cursor.close();
    }
  });
  await check('wrong sort', () => people.find({}).sort({ age: 'up' }));
  const many = db.collection('many');
  await many.insertMany(Array.from({ length: 250 }, (_, n) => ({ _id: n, n })));
  await check('batches', async () => (await many.find({}, { batchSize: 40 }).sort({ n: 1 }).toArray()).reduce((sum, { n }) => sum + n, 0));
  await check('default batches', async () => (await many.find({}).toArray()).length);
  await check('limit over batches', async () => (await many.find({}).limit(120).batchSize(50).toArray()).length);
  await check('close midway', async () => {
    const cursor = many.find({}).batchSize(10);
    await cursor.next();
    await cursor.close();
    return [cursor.closed, await cursor.next()];
  });
  await check('counts', async () => [
    await many.countDocuments({ n: { $lt: 10 } }), await many.countDocuments({}, { limit: 5 }), await many.countDocuments({}, { skip: 240 }),
    await many.estimatedDocumentCount(), await many.count({ n: 1 }), await many.countDocuments({ n: -1 }), await many.find({ n: { $lt: 3 } }).count(),
  ]);
  await check('distinct', async () => [await people.distinct('tags'), await people.distinct('name', { age: { $exists: true } })]);
  await check('aggregate', () => many.aggregate([
    { $match: { n: { $lt: 6 } } }, { $group: { _id: null, total: { $sum: '$n' }, count: { $sum: 1 }, most: { $max: '$n' } } }, { $project: { _id: 0, total: 1, count: 1, most: 1 } },
  ]).toArray());
  await check('aggregate with stages', () => many.aggregate().match({ n: { $gte: 248 } }).sort({ n: -1 }).project({ n: 1, _id: 0 }).toArray());
  await check('aggregate $count', () => many.aggregate([{ $match: { n: { $gt: 100 } } }, { $count: 'total' }]).toArray());
  await check('wrong stage', async () => { const e = await many.aggregate([{ $bogus: 1 }]).toArray().catch((x) => x); return [e.name, e.code, e.message]; });
  await check('pipeline that is none', () => many.aggregate({}));

  // findOneAnd….
  await check('findOneAndUpdate', () => people.findOneAndUpdate({ _id: id(3) }, { $set: { seen: 1 } }, { projection: { seen: 1 } }));
  await check('findOneAndUpdate after', () => people.findOneAndUpdate({ _id: id(3) }, { $inc: { seen: 1 } }, { returnDocument: 'after', projection: { seen: 1 } }));
  await check('findOneAndUpdate of nobody', () => people.findOneAndUpdate({ _id: id(98) }, { $set: { seen: 1 } }));
  await check('findOneAndUpdate with metadata', () => people.findOneAndUpdate({ _id: id(3) }, { $inc: { seen: 1 } }, { includeResultMetadata: true, projection: { seen: 1 } }));
  await check('findOneAndReplace', () => people.findOneAndReplace({ _id: id(3) }, { email: 'alan@example.com' }, { returnDocument: 'after' }));
  await check('findOneAndDelete', () => people.findOneAndDelete({ _id: id(3) }, { projection: { email: 1 } }));

  // Types.
  const typed = db.collection('types');
  const values = {
    int: 5, double: 1.5, whole: 5000000000, zero: -0, text: 'Grüße 😀', yes: true, nothing: null, date: born, regex: /^a.b/i, array: [1, [2, null], { x: 'y' }],
    long: Long.fromString('9223372036854775807'), small: Long.fromNumber(42), big: 12345678901234567890n - 12345678901234567000n, int32: new Int32(7), double2: new Double(7),
    decimal: Decimal128.fromString('12.340'), bytes: Buffer.from([0, 1, 255]), binary: new Binary(Buffer.from('hi'), 0), uuid: new UUID('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'),
    oid: id(5), stamp: new Timestamp({ t: 7, i: 3 }), low: new MinKey(), high: new MaxKey(), bsonRegex: new BSONRegExp('x', 'i'), nested: { deep: { er: [{}] } }, undef: undefined,
  };
  await check('types in', async () => (await typed.insertOne({ _id: 1, ...values })).acknowledged);
  await check('types out', async () => {
    const found = await typed.findOne({ _id: 1 });
    const seen = {};
    for (const key of Object.keys(found)) {
      const value = found[key];
      seen[key] = [value?._bsontype ?? typeof value, value?._bsontype ? String(value) : value];
    }
    return seen;
  });
  await check('binary', async () => { const { bytes, binary, uuid } = await typed.findOne({ _id: 1 }); return [bytes.buffer, bytes.sub_type, binary.value(), uuid instanceof UUID, uuid.toString(), uuid.toHexString(), bytes.length()]; });
  await check('promoteBuffers', async () => (await typed.findOne({ _id: 1 }, { promoteBuffers: true })).bytes);
  await check('promoteLongs', async () => { const { small, long } = await typed.findOne({ _id: 1 }, { promoteLongs: false }); return [small instanceof Long, small.toNumber(), long.toString()]; });
  await check('useBigInt64', async () => (await typed.findOne({ _id: 1 }, { useBigInt64: true })).long);
  await check('JSON of a document', async () => JSON.stringify(await typed.findOne({ _id: 1 }, { projection: { oid: 1, date: 1, decimal: 1, binary: 1, uuid: 1, long: 1, stamp: 1 } })));
  await check('ignoreUndefined', async () => {
    await typed.insertOne({ _id: 2, gone: undefined, kept: 1 }, { ignoreUndefined: true });
    return typed.findOne({ _id: 2 });
  });
  await check('undefined in a filter', async () => (await typed.find({ _id: 1, missing: undefined }).toArray()).length);
  await check('functions are left out', async () => { await typed.insertOne({ _id: 3, f() {}, toBSON() { return { _id: 3, made: true }; } }); return typed.findOne({ _id: 3 }); });
  await check('find by each type', async () => [
    await typed.countDocuments({ date: born }), await typed.countDocuments({ oid: id(5) }), await typed.countDocuments({ oid: String(id(5)) }), await typed.countDocuments({ bytes: Buffer.from([0, 1, 255]) }),
    await typed.countDocuments({ decimal: Decimal128.fromString('12.340') }), await typed.countDocuments({ text: 'Grüße 😀' }), await typed.countDocuments({ int: 5.0 }), await typed.countDocuments({ 'nested.deep.er': { $size: 1 } }),
  ]);
  await check('circular', async () => { const a = {}; a.a = a; const e = await typed.insertOne(a).catch((x) => x); return e.name; });

  // ObjectId and others by themselves.
  const hex = '507f1f77bcf86cd799439011';
  await check('ObjectId', () => {
    const oid = new ObjectId(hex);
    return [oid.toString(), oid.toHexString(), `${oid}`, JSON.stringify({ oid }), oid.equals(hex), oid.equals(new ObjectId(hex)), oid.equals(null), oid.getTimestamp(), oid.id, oid._bsontype];
  });
  await check('ObjectId from', () => [new ObjectId(Buffer.from(hex, 'hex')).toString(), new ObjectId(0).toString().slice(0, 8), new ObjectId().toString().length, ObjectId.createFromHexString(hex).toString(), ObjectId.createFromTime(1).toString(), new ObjectId(new ObjectId(hex)).toString()]);
  await check('ObjectId wrong', () => new ObjectId('xyz'));
  await check('ObjectId of an object', () => new ObjectId({}));
  await check('ObjectId of short hex', () => ObjectId.createFromHexString('zz'));
  await check('ObjectId.isValid', () => [hex, 'xyz', 5, null, undefined, new ObjectId(hex), '123456789012', {}, Buffer.alloc(12)].map((value) => ObjectId.isValid(value)));
  await check('Long', () => {
    const long = Long.fromString('9223372036854775806');
    return [long.toString(), long.add(1).toString(), long.subtract(6).toString(16), Long.fromNumber(-5).toNumber(), Long.fromBits(1, 2).toString(), long.greaterThan(5), Long.isLong(long), long.equals(Long.fromString('9223372036854775806')), Long.MAX_VALUE.toString(), long.low, long.high, Long.fromInt(7).toInt(), Long.fromNumber(7).divide(2).toString(), long.toBigInt()];
  });
  await check('Decimal128', () => ['0', '1.50', '-1E+3', '1E-7', '0.000001', 'Infinity', '-Infinity', 'NaN', '9999999999999999999999999999999999', '12345678901234567890.12', '-0.0', '1E+6111', '.5', '100'].map((text) => Decimal128.fromString(text).toString()));
  await check('Decimal128 wrong', () => Decimal128.fromString('x'));
  await check('Int32 and Double', () => [new Int32(5).valueOf(), new Int32('9').value, new Double(1.5).value, JSON.stringify([new Int32(1), new Double(2.5)]), `${new Double(3)}`]);
  await check('UUID', () => { const uuid = new UUID('A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'); return [uuid.toString(), uuid.toHexString(false), uuid.equals('a0eebc999c0b4ef8bb6d6bb9bd380a11'), UUID.isValid('x'), new UUID().toString().length, uuid.toBinary().sub_type]; });
  await check('Timestamp', () => { const stamp = new Timestamp({ t: 2, i: 1 }); return [stamp.t, stamp.i, stamp.toString(), JSON.stringify(stamp)]; });
  await check('ReadPreference', () => [ReadPreference.PRIMARY, ReadPreference.SECONDARY_PREFERRED, ReadPreference.secondary.mode, new ReadPreference('nearest').mode, ReadPreference.fromString('primary').preference]);

  // Database, commands, errors.
  await check('ping', async () => (await db.command({ ping: 1 })).ok);
  await check('admin ping', async () => (await db.admin().ping()).ok);
  await check('listCollections', async () => (await db.listCollections().toArray()).map(({ name, type }) => [name, type]).sort());
  await check('listCollections by name', async () => (await db.listCollections({ name: 'people' }, { nameOnly: true }).toArray()).map(({ name }) => name));
  await check('collections', async () => (await db.collections()).map((each) => each.collectionName).sort());
  await check('createCollection', async () => (await db.createCollection('made')).collectionName);
  await check('drop', () => db.collection('made').drop());
  await check('unknown command', () => db.command({ nonsense: 1 }));
  await check('unknown command fields', async () => { const e = await db.command({ nonsense: 1 }).catch((x) => x); return [e.code, e.codeName, e.ok]; });
  await check('unknown operator', async () => { const e = await people.findOne({ name: { $bogus: 1 } }).catch((x) => x); return [e.name, e.code, e.message]; });
  await check('filter of the wrong type', async () => { const e = await people.findOne('ada').catch((x) => x); return e instanceof Error; });
  await check('read preference', async () => (await client.db(env.DB_DATABASE).collection('people').findOne({ _id: id(2) }, { readPreference: 'secondaryPreferred' })).name);
  await check('injection is a value', async () => [await people.countDocuments({ email: "' || 1==1 //" }), await people.countDocuments({ email: { $eq: { $ne: null } } })]);
  await check('close', async () => (await client.close()) === undefined);
  await check('after close', () => people.findOne({}));
  await check('wrong password', async () => { const e = await new MongoClient(env.WRONG_PASSWORD).connect().catch((x) => x); return [e.name, e.code, e.codeName, e.message]; });
  await check('refused', () => new MongoClient('mongodb://127.0.0.1:1/x', { serverSelectionTimeoutMS: 300 }).connect());
  await check('wrong scheme', () => new MongoClient('mysql://h/x'));
  await check('unknown option', () => new MongoClient('mongodb://h/x', { bogus: 1 }));
  await check('unknown option of the URI', () => new MongoClient('mongodb://h/x?bogus=1'));
  await check('implicit connect', async () => {
    const other = new MongoClient(env.DB_CONNECTION_URI);
    try {
      return (await other.db().collection('people').findOne({ _id: id(2) })).name;
    } finally {
      await other.close();
    }
  });
  await check('static connect', async () => { const other = await MongoClient.connect(env.DB_CONNECTION_URI); await other.close(); return other instanceof MongoClient; });
};
