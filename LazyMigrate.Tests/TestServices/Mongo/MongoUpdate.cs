using MongoDB.Bson;

namespace LazyMigrate.Tests.TestServices.Mongo;

/// <summary>Update operators: https://www.mongodb.com/docs/manual/reference/operator/update/.</summary>
internal static class MongoUpdate
{
    public static bool IsReplacement(BsonDocument update) => update.ElementCount == 0 || update.GetElement(0).Name[0] != '$';

    /// <summary>A document changed as told.</summary>
    /// <param name="document">As it is, left alone.</param>
    /// <param name="update">Operators, or the new document.</param>
    /// <param name="isInsert">Whether an upsert makes it.</param>
    public static BsonDocument Apply(BsonDocument document, BsonDocument update, bool isInsert)
    {
        if (IsReplacement(update))
        {
            var replaced = new BsonDocument();
            if (document.TryGetValue("_id", out var id))
            {
                replaced.Add("_id", id);
            }

            return replaced.Merge(update);
        }

        var changed = document.DeepClone().AsBsonDocument;
        foreach (var step in update)
        {
            foreach (var field in step.Value as BsonDocument ?? throw MongoStandInError.FailedToParse($"Modifiers operate on fields but we found type {TypeOf(step.Value)} instead. For example: {{$mod: {{<field>: ...}}}} not {{{step.Name}: {step.Value}}}"))
            {
                Apply(changed, step.Name, field.Name, field.Value, isInsert);
            }
        }

        return !isInsert && document.TryGetValue("_id", out var before) && !(changed.TryGetValue("_id", out var after) && MongoPaths.AreEqual(before, after))
            ? throw new MongoStandInError(66, "ImmutableField", "Performing an update on the path '_id' would modify the immutable field '_id'")
            : changed;
    }

    private static void Apply(BsonDocument document, string name, string path, BsonValue value, bool isInsert)
    {
        var now = MongoPaths.Find(document, path);
        switch (name)
        {
            case "$set" or "$setOnInsert" when name == "$set" || isInsert:
                MongoPaths.Set(document, path, value);
                break;
            case "$setOnInsert":
                break;
            case "$unset":
                if (MongoPaths.Find(document, path) is not null && MongoPaths.Open(document, path) is (BsonDocument holder, var last))
                {
                    holder.Remove(last);
                }

                break;
            case "$inc" or "$mul":
                if (now is { IsNumeric: false })
                {
                    throw new MongoStandInError(14, "TypeMismatch", $"Cannot apply {name} to a value of non-numeric type. {{_id: {document["_id"].ToJson()}}} has the field '{path}' of non-numeric type {TypeOf(now)}");
                }

                MongoPaths.Set(document, path, name == "$inc" ? Add(now ?? 0, value) : Multiply(now ?? 0, value));
                break;
            case "$min" or "$max":
                if (now is null || (name == "$min" ? value.CompareTo(now) < 0 : value.CompareTo(now) > 0))
                {
                    MongoPaths.Set(document, path, value);
                }

                break;
            case "$push" or "$addToSet":
                var array = now as BsonArray ?? (now is null ? [] : throw MongoStandInError.BadValue($"The field '{path}' must be an array but is of type {TypeOf(now)} in document {{_id: {document["_id"].ToJson()}}}"));
                var items = value is BsonDocument each && each.TryGetValue("$each", out var several) ? several.AsBsonArray : [value];
                MongoPaths.Set(document, path, new BsonArray(array.Concat(items.Where(item => name == "$push" || !array.Any(old => MongoPaths.AreEqual(old, item))))));
                break;
            case "$pull":
                if (now is BsonArray from)
                {
                    MongoPaths.Set(document, path, new BsonArray(from.Where(item => !MongoFilter.Matches(new BsonDocument("x", item), new BsonDocument("x", value)))));
                }

                break;
            case "$rename":
                if (now is not null && MongoPaths.Open(document, path) is (BsonDocument old, var oldName))
                {
                    old.Remove(oldName);
                    MongoPaths.Set(document, value.AsString, now);
                }

                break;
            case "$currentDate":
                MongoPaths.Set(document, path, DateTime.UtcNow);
                break;
            default:
                throw MongoStandInError.FailedToParse($"Unknown modifier: {name}. Expected a valid update modifier or pipeline-style update specified as an array");
        }
    }

    public static BsonValue Add(BsonValue a, BsonValue b) => Combine(a, b, (x, y) => x + y, (x, y) => x + y);

    private static BsonValue Multiply(BsonValue a, BsonValue b) => Combine(a, b, (x, y) => x * y, (x, y) => x * y);

    private static BsonValue Combine(BsonValue a, BsonValue b, Func<long, long, long> whole, Func<double, double, double> real)
    {
        if (a.IsDouble || b.IsDouble)
        {
            return real(a.ToDouble(), b.ToDouble());
        }

        var result = whole(a.ToInt64(), b.ToInt64());
        return a.IsInt64 || b.IsInt64 || result is < int.MinValue or > int.MaxValue ? new BsonInt64(result) : new BsonInt32((int)result);
    }

    private static string TypeOf(BsonValue value) => value.BsonType switch
    {
        BsonType.Document => "object",
        BsonType.Boolean => "bool",
        BsonType.Int32 => "int",
        BsonType.Int64 => "long",
        var type => type.ToString().ToLowerInvariant(),
    };
}
