using MongoDB.Bson;

namespace LazyMigrate.Tests.TestServices.Mongo;

/// <summary>Aggregation: https://www.mongodb.com/docs/manual/reference/operator/aggregation-pipeline/.</summary>
internal static class MongoPipeline
{
    public static IEnumerable<BsonDocument> Run(IEnumerable<BsonDocument> documents, BsonArray pipeline)
    {
        foreach (var stage in pipeline)
        {
            if (stage is not BsonDocument { ElementCount: 1 } one)
            {
                throw new MongoStandInError(40323, "Location40323", "A pipeline stage specification object must contain exactly one field.");
            }

            documents = Run(documents, one.GetElement(0).Name, one.GetElement(0).Value);
        }

        return documents;
    }

    public static IEnumerable<BsonDocument> Sort(IEnumerable<BsonDocument> documents, BsonDocument order)
    {
        IOrderedEnumerable<BsonDocument>? sorted = null;
        foreach (var (path, way) in order.Select(field => (field.Name, field.Value.ToInt32())))
        {
            BsonValue Key(BsonDocument document) => MongoPaths.Find(document, path) ?? BsonNull.Value;
            sorted = (sorted, way) switch
            {
                (null, < 0) => documents.OrderByDescending(Key),
                (null, _) => documents.OrderBy(Key),
                (_, < 0) => sorted.ThenByDescending(Key),
                _ => sorted.ThenBy(Key),
            };
        }

        return sorted ?? documents;
    }

    public static BsonValue Evaluate(BsonDocument document, BsonValue expression) => expression switch
    {
        BsonString { Value: ['$', '$', 'R', 'O', 'O', 'T'] } => document,
        BsonString { Value: ['$', .. var path] } => MongoPaths.Find(document, path) ?? BsonNull.Value,
        BsonDocument { ElementCount: 1 } one when one.GetElement(0).Name[0] == '$' => EvaluateOperator(document, one.GetElement(0).Name, one.GetElement(0).Value),
        BsonDocument fields => new BsonDocument(fields.Select(field => new BsonElement(field.Name, Evaluate(document, field.Value)))),
        BsonArray items => new BsonArray(items.Select(item => Evaluate(document, item))),
        _ => expression,
    };

    private static IEnumerable<BsonDocument> Run(IEnumerable<BsonDocument> documents, string name, BsonValue value) => name switch
    {
        "$match" => documents.Where(document => MongoFilter.Matches(document, value.AsBsonDocument)),
        "$sort" => Sort(documents, value.AsBsonDocument),
        "$limit" => documents.Take(value.ToInt32()),
        "$skip" => documents.Skip(value.ToInt32()),
        "$project" => documents.Select(document => Project(document, value.AsBsonDocument)),
        "$addFields" or "$set" => documents.Select(document => AddFields(document, value.AsBsonDocument)),
        "$unwind" => documents.SelectMany(document => Unwind(document, value is BsonDocument fields ? fields["path"].AsString : value.AsString)),
        "$group" => Group(documents, value.AsBsonDocument),
        "$count" => documents.Count() is > 0 and var count ? [new BsonDocument(value.AsString, count)] : [],
        _ => throw new MongoStandInError(40324, "Location40324", $"Unrecognized pipeline stage name: '{name}'"),
    };

    private static BsonDocument Project(BsonDocument document, BsonDocument fields)
    {
        var computed = fields.Where(field => field.Value is BsonString or BsonDocument).ToList();
        var plain = new BsonDocument(fields.Except(computed));
        var isInclusion = computed.Count > 0 || plain.Any(field => field.Name != "_id" && field.Value.ToBoolean());
        var result = plain.ElementCount == 0 ? MongoPaths.Project(document, new BsonDocument("_id", 1)) : isInclusion && plain.Names.All(each => each == "_id")
            ? new BsonDocument(document.Where(field => field.Name == "_id" && plain["_id"].ToBoolean()))
            : MongoPaths.Project(document, plain);
        foreach (var field in computed)
        {
            var made = Evaluate(document, field.Value);
            if (!(made.IsBsonNull && field.Value is BsonString { Value: ['$', .. var path] } && MongoPaths.Find(document, path) is null))
            {
                result[field.Name] = made;
            }
        }

        return result;
    }

    private static BsonDocument AddFields(BsonDocument document, BsonDocument fields)
    {
        var result = document.DeepClone().AsBsonDocument;
        foreach (var field in fields)
        {
            MongoPaths.Set(result, field.Name, Evaluate(document, field.Value));
        }

        return result;
    }

    private static IEnumerable<BsonDocument> Unwind(BsonDocument document, string path) =>
        MongoPaths.Find(document, path[1..]) switch
        {
            BsonArray array => array.Select(item =>
            {
                var each = document.DeepClone().AsBsonDocument;
                MongoPaths.Set(each, path[1..], item);
                return each;
            }),
            null => [],
            _ => [document],
        };

    private static IEnumerable<BsonDocument> Group(IEnumerable<BsonDocument> documents, BsonDocument group) =>
        documents.GroupBy(document => Evaluate(document, group["_id"])).Select(members =>
        {
            var result = new BsonDocument("_id", members.Key);
            foreach (var field in group.Where(field => field.Name != "_id"))
            {
                var accumulator = field.Value.AsBsonDocument.GetElement(0);
                result[field.Name] = Accumulate(accumulator.Name, [.. members.Select(document => Evaluate(document, accumulator.Value))]);
            }

            return result;
        });

    private static BsonValue Accumulate(string name, List<BsonValue> values) => name switch
    {
        "$sum" => values.Where(value => value.IsNumeric).Aggregate((BsonValue)0, MongoUpdate.Add),
        "$count" => values.Count,
        "$avg" => values.Where(value => value.IsNumeric).Select(value => value.ToDouble()).DefaultIfEmpty().Average(),
        "$min" => values.Where(value => !value.IsBsonNull).Min() ?? BsonNull.Value,
        "$max" => values.Where(value => !value.IsBsonNull).Max() ?? BsonNull.Value,
        "$first" => values[0],
        "$last" => values[^1],
        "$push" => new BsonArray(values),
        "$addToSet" => new BsonArray(values.Distinct()),
        _ => throw new MongoStandInError(15952, "Location15952", $"unknown group operator '{name}'"),
    };

    private static BsonValue EvaluateOperator(BsonDocument document, string name, BsonValue value)
    {
        BsonValue Of(int index) => Evaluate(document, value is BsonArray items ? items[index] : value);
        string Text(int index) => Of(index) is BsonString text ? text.Value : "";
        return name switch
        {
            "$toLower" => Text(0).ToLowerInvariant(),
            "$toUpper" => Text(0).ToUpperInvariant(),
            "$toString" => Of(0) is BsonObjectId id ? id.Value.ToString() : Of(0).ToString(),
            "$concat" => string.Concat(value.AsBsonArray.Select((_, index) => Text(index))),
            "$eq" => MongoPaths.AreEqual(Of(0), Of(1)),
            "$ifNull" => Of(0).IsBsonNull ? Of(1) : Of(0),
            "$size" => Of(0).AsBsonArray.Count,
            "$add" => MongoUpdate.Add(Of(0), Of(1)),
            "$literal" => value,
            _ => throw new MongoStandInError(168, "InvalidPipelineOperator", $"Unrecognized expression '{name}'"),
        };
    }
}
