using MongoDB.Bson;

namespace LazyMigrate.Tests.TestServices.Mongo;

/// <summary>The stand-in's collections and what its commands do with them.</summary>
internal sealed class MongoStandInData
{
    private const int FirstBatch = 101;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Dictionary<string, Table>> _databases = [];
    private readonly Dictionary<long, (string Namespace, Queue<BsonDocument> Left)> _cursors = [];
    private long _lastCursor = 1000;

    /// <summary>Does one command; its own name is the first element.</summary>
    public BsonDocument Run(string database, BsonDocument command)
    {
        lock (_lock)
        {
            var (name, value) = (command.GetElement(0).Name, command.GetElement(0).Value);
            switch (name.ToLowerInvariant())
            {
                case "find":
                    return Cursor(database, value.AsString, Find(database, command), command);
                case "aggregate":
                    return Aggregate(database, value, command);
                case "getmore":
                    return GetMore(value.ToInt64(), command);
                case "killcursors":
                    return Ok(new BsonDocument("cursorsKilled", new BsonArray(command["cursors"].AsBsonArray.Where(id => _cursors.Remove(id.ToInt64())))));
                case "count":
                    return Ok(new BsonDocument("n", Page(Matching(database, value.AsString, command.GetValue("query", new BsonDocument()).AsBsonDocument), command).Count()));
                case "distinct":
                    return Distinct(database, value.AsString, command);
                case "insert":
                    return Write(command["documents"].AsBsonArray, command, (document, reply) => Insert(database, value.AsString, document, reply));
                case "update":
                    return Write(command["updates"].AsBsonArray, command, (statement, reply) => Update(database, value.AsString, statement, reply), new BsonDocument("nModified", 0));
                case "delete":
                    return Write(command["deletes"].AsBsonArray, command, (statement, reply) => Delete(database, value.AsString, statement, reply));
                case "findandmodify":
                    return FindAndModify(database, value.AsString, command);
                case "create":
                    return Create(database, value.AsString);
                case "drop":
                    return _databases.TryGetValue(database, out var tables) && tables.Remove(value.AsString)
                        ? Ok(new BsonDocument { { "nIndexesWas", 1 }, { "ns", $"{database}.{value.AsString}" } })
                        : throw new MongoStandInError(26, "NamespaceNotFound", "ns not found");
                case "dropdatabase":
                    return _databases.Remove(database) ? Ok(new BsonDocument("dropped", database)) : Ok([]);
                case "createindexes":
                    return CreateIndexes(database, value.AsString, command);
                case "listindexes":
                    return Cursor(database, value.AsString, Open(database, value.AsString).Indexes, command);
                case "dropindexes":
                    Open(database, value.AsString).Indexes.RemoveAll(index => index["name"] == command["index"]);
                    return Ok([]);
                case "listcollections":
                    return ListCollections(database, command);
                case "listdatabases":
                    return Ok(new BsonDocument("databases", new BsonArray(_databases.Keys.Order(StringComparer.Ordinal).Select(each => new BsonDocument("name", each)))));
                default:
                    throw new MongoStandInError(59, "CommandNotFound", $"no such command: '{name}'");
            }
        }
    }

    private static BsonDocument Ok(BsonDocument reply) => reply.Add("ok", 1.0);

    private static IEnumerable<BsonDocument> Page(IEnumerable<BsonDocument> documents, BsonDocument command)
    {
        documents = documents.Skip(command.GetValue("skip", 0).ToInt32());
        return command.GetValue("limit", 0).ToInt32() is not 0 and var limit ? documents.Take(Math.Abs(limit)) : documents;
    }

    private Table Open(string database, string collection)
    {
        var tables = _databases.TryGetValue(database, out var known) ? known : _databases[database] = [];
        return tables.TryGetValue(collection, out var table) ? table : tables[collection] = new Table();
    }

    private IEnumerable<BsonDocument> Matching(string database, string collection, BsonDocument filter)
    {
        // A wrong filter is an error also where there is nothing to filter.
        MongoFilter.Matches([], filter);
        return _databases.TryGetValue(database, out var tables) && tables.TryGetValue(collection, out var table)
            ? table.Documents.Where(document => MongoFilter.Matches(document, filter))
            : [];
    }

    private IEnumerable<BsonDocument> Find(string database, BsonDocument command)
    {
        var found = Matching(database, command.GetElement(0).Value.AsString, command.GetValue("filter", new BsonDocument()).AsBsonDocument);
        found = Page(MongoPipeline.Sort(found, command.GetValue("sort", new BsonDocument()).AsBsonDocument), command);
        var projection = command.GetValue("projection", new BsonDocument()).AsBsonDocument;
        return found.Select(document => MongoPaths.Project(document, projection));
    }

    private BsonDocument Aggregate(string database, BsonValue collection, BsonDocument command)
    {
        var source = collection.IsString ? Matching(database, collection.AsString, []) : [];
        return Cursor(database, collection.IsString ? collection.AsString : "$cmd.aggregate", MongoPipeline.Run(source, command["pipeline"].AsBsonArray), command);
    }

    private BsonDocument Cursor(string database, string collection, IEnumerable<BsonDocument> documents, BsonDocument command)
    {
        var options = command.GetValue("cursor", new BsonDocument()) as BsonDocument ?? [];
        var size = command.GetValue("batchSize", options.GetValue("batchSize", FirstBatch)).ToInt32();
        var all = new Queue<BsonDocument>(documents.Select(document => document.DeepClone().AsBsonDocument));
        var first = Take(all, size);
        var id = 0L;
        if (all.Count > 0 && !command.GetValue("singleBatch", false).ToBoolean())
        {
            id = ++_lastCursor;
            _cursors[id] = ($"{database}.{collection}", all);
        }

        return Ok(new BsonDocument("cursor", new BsonDocument { { "firstBatch", first }, { "id", id }, { "ns", $"{database}.{collection}" } }));
    }

    private BsonDocument GetMore(long id, BsonDocument command)
    {
        if (!_cursors.TryGetValue(id, out var cursor))
        {
            throw new MongoStandInError(43, "CursorNotFound", $"cursor id {id} not found");
        }

        var next = Take(cursor.Left, command.GetValue("batchSize", int.MaxValue).ToInt32());
        if (cursor.Left.Count == 0)
        {
            _cursors.Remove(id);
        }

        return Ok(new BsonDocument("cursor", new BsonDocument { { "nextBatch", next }, { "id", cursor.Left.Count == 0 ? 0L : id }, { "ns", cursor.Namespace } }));
    }

    private static BsonArray Take(Queue<BsonDocument> documents, int count)
    {
        var batch = new BsonArray();
        while (batch.Count < count && documents.TryDequeue(out var document))
        {
            batch.Add(document);
        }

        return batch;
    }

    private BsonDocument Distinct(string database, string collection, BsonDocument command)
    {
        var values = Matching(database, collection, command.GetValue("query", new BsonDocument()).AsBsonDocument)
            .SelectMany(document => MongoPaths.Resolve(document, command["key"].AsString))
            .SelectMany(value => value is BsonArray array ? array : [value])
            .Distinct()
            .Order();
        return Ok(new BsonDocument("values", new BsonArray(values)));
    }

    private static BsonDocument Write(BsonArray statements, BsonDocument command, Action<BsonDocument, BsonDocument> write, BsonDocument? more = null)
    {
        var reply = new BsonDocument("n", 0).AddRange(more ?? []);
        var errors = new BsonArray();
        for (var index = 0; index < statements.Count; index++)
        {
            try
            {
                reply["_index"] = index;
                write(statements[index].AsBsonDocument, reply);
            }
            catch (MongoStandInError error)
            {
                errors.Add(error.ToWriteError(index));
                if (command.GetValue("ordered", true).ToBoolean())
                {
                    break;
                }
            }
        }

        reply.Remove("_index");
        if (errors.Count > 0)
        {
            reply["writeErrors"] = errors;
        }

        return Ok(reply);
    }

    private void Insert(string database, string collection, BsonDocument document, BsonDocument reply)
    {
        var id = document.TryGetValue("_id", out var given) ? given : new BsonObjectId(ObjectId.GenerateNewId());
        if (id is BsonArray or BsonRegularExpression)
        {
            throw MongoStandInError.BadValue($"The '_id' value cannot be of type {id.BsonType.ToString().ToLowerInvariant()}");
        }

        var stored = new BsonDocument("_id", id).Merge(document);
        Open(database, collection).Check(stored, null, $"{database}.{collection}");
        Open(database, collection).Documents.Add(stored);
        Add(reply, "n", 1);
    }

    private void Update(string database, string collection, BsonDocument statement, BsonDocument reply)
    {
        var (filter, update) = (statement["q"].AsBsonDocument, statement["u"] as BsonDocument ?? throw MongoStandInError.FailedToParse("Updates by a pipeline are not in this stand-in"));
        var isMulti = statement.GetValue("multi", false).ToBoolean();
        if (isMulti && MongoUpdate.IsReplacement(update))
        {
            throw MongoStandInError.FailedToParse("multi update is not supported for replacement-style update");
        }

        var found = Matching(database, collection, filter).ToList();
        foreach (var document in isMulti ? found : found.Take(1))
        {
            Add(reply, "n", 1);
            if (Replace(database, collection, document, MongoUpdate.Apply(document, update, isInsert: false)))
            {
                Add(reply, "nModified", 1);
            }
        }

        if (found.Count == 0 && statement.GetValue("upsert", false).ToBoolean())
        {
            var made = Upsert(database, collection, filter, update);
            Add(reply, "n", 1);
            var upserted = reply.GetValue("upserted", new BsonArray()).AsBsonArray;
            reply["upserted"] = upserted.Add(new BsonDocument { { "index", reply["_index"] }, { "_id", made["_id"] } });
        }
    }

    private bool Replace(string database, string collection, BsonDocument document, BsonDocument changed)
    {
        var table = Open(database, collection);
        table.Check(changed, document, $"{database}.{collection}");
        table.Documents[table.Documents.IndexOf(document)] = changed;
        return !changed.Equals(document);
    }

    private BsonDocument Upsert(string database, string collection, BsonDocument filter, BsonDocument update)
    {
        var seed = new BsonDocument();
        foreach (var condition in filter.Where(condition => condition.Name[0] != '$'))
        {
            if (condition.Value is not BsonDocument { ElementCount: > 0 } operators || operators.GetElement(0).Name[0] != '$')
            {
                MongoPaths.Set(seed, condition.Name, condition.Value);
            }
            else if (operators.TryGetValue("$eq", out var value))
            {
                MongoPaths.Set(seed, condition.Name, value);
            }
        }

        var made = MongoUpdate.Apply(MongoUpdate.IsReplacement(update) ? new BsonDocument(seed.Where(field => field.Name == "_id")) : seed, update, isInsert: true);
        var stored = new BsonDocument("_id", made.TryGetValue("_id", out var id) ? id : new BsonObjectId(ObjectId.GenerateNewId())).Merge(made);
        Open(database, collection).Check(stored, null, $"{database}.{collection}");
        Open(database, collection).Documents.Add(stored);
        return stored;
    }

    private void Delete(string database, string collection, BsonDocument statement, BsonDocument reply)
    {
        var found = Matching(database, collection, statement["q"].AsBsonDocument).ToList();
        foreach (var document in statement["limit"].ToInt32() == 1 ? found.Take(1) : found)
        {
            Open(database, collection).Documents.Remove(document);
            Add(reply, "n", 1);
        }
    }

    private BsonDocument FindAndModify(string database, string collection, BsonDocument command)
    {
        var filter = command.GetValue("query", new BsonDocument()).AsBsonDocument;
        var found = MongoPipeline.Sort(Matching(database, collection, filter), command.GetValue("sort", new BsonDocument()) as BsonDocument ?? []).FirstOrDefault();
        var state = new BsonDocument("n", found is null ? 0 : 1);
        BsonDocument? before = found, after = null;
        if (command.GetValue("remove", false).ToBoolean())
        {
            if (found is not null)
            {
                Open(database, collection).Documents.Remove(found);
            }
        }
        else
        {
            var update = command["update"].AsBsonDocument;
            state["updatedExisting"] = found is not null;
            if (found is not null)
            {
                after = MongoUpdate.Apply(found, update, isInsert: false);
                Replace(database, collection, found, after);
            }
            else if (command.GetValue("upsert", false).ToBoolean())
            {
                after = Upsert(database, collection, filter, update);
                state["n"] = 1;
                state["upserted"] = after["_id"];
            }
        }

        var value = command.GetValue("new", false).ToBoolean() ? after : before;
        var fields = command.GetValue("fields", new BsonDocument()) as BsonDocument ?? [];
        return Ok(new BsonDocument { { "lastErrorObject", state }, { "value", value is null ? BsonNull.Value : MongoPaths.Project(value.DeepClone().AsBsonDocument, fields) } });
    }

    private BsonDocument Create(string database, string collection)
    {
        if (_databases.TryGetValue(database, out var tables) && tables.ContainsKey(collection))
        {
            throw new MongoStandInError(48, "NamespaceExists", $"Collection {database}.{collection} already exists.");
        }

        Open(database, collection);
        return Ok([]);
    }

    private BsonDocument CreateIndexes(string database, string collection, BsonDocument command)
    {
        var table = Open(database, collection);
        var before = table.Indexes.Count;
        foreach (var index in command["indexes"].AsBsonArray.Cast<BsonDocument>().Where(index => table.Indexes.All(known => known["name"] != index["name"])))
        {
            table.Indexes.Add(new BsonDocument("v", 2).Merge(index));
        }

        return Ok(new BsonDocument { { "numIndexesBefore", before }, { "numIndexesAfter", table.Indexes.Count } });
    }

    private BsonDocument ListCollections(string database, BsonDocument command)
    {
        var isShort = command.GetValue("nameOnly", false).ToBoolean();
        var found = (_databases.TryGetValue(database, out var tables) ? tables.Keys.Order(StringComparer.Ordinal) : Enumerable.Empty<string>())
            .Select(name => isShort
                ? new BsonDocument { { "name", name }, { "type", "collection" } }
                : new BsonDocument { { "name", name }, { "type", "collection" }, { "options", new BsonDocument() }, { "info", new BsonDocument("readOnly", false) } })
            .Where(each => MongoFilter.Matches(each, command.GetValue("filter", new BsonDocument()).AsBsonDocument));
        return Cursor(database, "$cmd.listCollections", found, command);
    }

    private static void Add(BsonDocument reply, string name, int count) => reply[name] = reply[name].ToInt32() + count;

    private sealed class Table
    {
        public List<BsonDocument> Documents { get; } = [];

        public List<BsonDocument> Indexes { get; } = [new BsonDocument { { "v", 2 }, { "key", new BsonDocument("_id", 1) }, { "name", "_id_" } }];

        /// <summary>Keeps unique indexes unique.</summary>
        public void Check(BsonDocument document, BsonDocument? instead, string space)
        {
            foreach (var index in Indexes.Where(index => index["name"] == "_id_" || index.GetValue("unique", false).ToBoolean()))
            {
                var keys = index["key"].AsBsonDocument;
                var value = KeyOf(document, keys);
                if ((index.GetValue("sparse", false).ToBoolean() && value.All(field => field.Value.IsBsonNull))
                    || !Documents.Any(other => !ReferenceEquals(other, instead) && KeyOf(other, keys).Equals(value)))
                {
                    continue;
                }

                var shown = string.Join(", ", value.Select(field => $"{field.Name}: {Shown(field.Value)}"));
                throw new MongoStandInError(11000, "DuplicateKey", $"E11000 duplicate key error collection: {space} index: {index["name"]} dup key: {{ {shown} }}")
                {
                    Fields = new BsonDocument { { "keyPattern", keys }, { "keyValue", value } },
                };
            }
        }

        private static BsonDocument KeyOf(BsonDocument document, BsonDocument keys) =>
            new(keys.Names.Select(name => new BsonElement(name, MongoPaths.Find(document, name) ?? BsonNull.Value)));

        private static string Shown(BsonValue value) => value switch
        {
            BsonString text => $"\"{text.Value}\"",
            BsonObjectId id => $"ObjectId('{id.Value}')",
            BsonNull => "null",
            _ => value.ToString()!,
        };
    }
}
