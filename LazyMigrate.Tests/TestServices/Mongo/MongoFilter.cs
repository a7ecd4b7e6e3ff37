using System.Text.RegularExpressions;
using MongoDB.Bson;

namespace LazyMigrate.Tests.TestServices.Mongo;

/// <summary>Query filters: https://www.mongodb.com/docs/manual/reference/operator/query/.</summary>
internal static class MongoFilter
{
    public static bool Matches(BsonDocument document, BsonDocument filter) => filter.All(condition => condition.Name switch
    {
        "$and" => Each(condition).All(each => Matches(document, each)),
        "$or" => Each(condition).Any(each => Matches(document, each)),
        "$nor" => !Each(condition).Any(each => Matches(document, each)),
        "$comment" => true,
        "$expr" => MongoPipeline.Evaluate(document, condition.Value).ToBoolean(),
        ['$', ..] => throw MongoStandInError.BadValue($"unknown top level operator: {condition.Name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField."),
        _ => MatchesField(document, condition.Name, condition.Value),
    });

    private static IEnumerable<BsonDocument> Each(BsonElement condition) => condition.Value is BsonArray { Count: > 0 } array && array.All(item => item is BsonDocument)
        ? array.Cast<BsonDocument>()
        : throw MongoStandInError.BadValue($"{condition.Name} must be an array");

    private static bool MatchesField(BsonDocument document, string path, BsonValue condition)
    {
        if (condition is not BsonDocument operators || operators.ElementCount == 0 || operators.GetElement(0).Name[0] != '$')
        {
            return MatchesEquality(document, path, condition);
        }

        return operators.All(test => MatchesOperator(document, path, test.Name, test.Value, operators));
    }

    private static bool MatchesEquality(BsonDocument document, string path, BsonValue wanted)
    {
        var found = Candidates(document, path).ToList();
        return wanted switch
        {
            BsonNull => MongoPaths.Resolve(document, path).All(value => value.IsBsonNull) || found.Any(value => value.IsBsonNull),
            BsonRegularExpression pattern => found.Any(value => (value.IsString && ToRegex(pattern).IsMatch(value.AsString)) || value.Equals(pattern)),
            _ => found.Any(value => MongoPaths.AreEqual(value, wanted)),
        };
    }

    /// <summary>What a path leads to, and the elements of arrays there.</summary>
    private static IEnumerable<BsonValue> Candidates(BsonDocument document, string path) =>
        MongoPaths.Resolve(document, path).SelectMany(value => value is BsonArray array ? array.Prepend(value) : [value]);

    private static bool MatchesOperator(BsonDocument document, string path, string name, BsonValue value, BsonDocument operators)
    {
        switch (name)
        {
            case "$eq":
                return MatchesEquality(document, path, value);
            case "$ne":
                return !MatchesEquality(document, path, value);
            case "$gt" or "$gte" or "$lt" or "$lte":
                return Candidates(document, path).Any(found => Compare(found, value, name));
            case "$in":
                return Items(name, value).Any(item => MatchesEquality(document, path, item));
            case "$nin":
                return !Items(name, value).Any(item => MatchesEquality(document, path, item));
            case "$exists":
                return MongoPaths.Resolve(document, path).Any() == value.ToBoolean();
            case "$regex":
                var pattern = value is BsonRegularExpression regex ? regex : new BsonRegularExpression(value.AsString);
                return MatchesEquality(document, path, operators.TryGetValue("$options", out var options) ? new BsonRegularExpression(pattern.Pattern, options.AsString) : pattern);
            case "$options":
                return operators.Contains("$regex") ? true : throw MongoStandInError.BadValue("$options needs a $regex");
            case "$not":
                return value is BsonDocument or BsonRegularExpression
                    ? !MatchesField(document, path, value)
                    : throw MongoStandInError.BadValue("$not needs a regex or a document");
            case "$size":
                return MongoPaths.Resolve(document, path).Any(found => found is BsonArray array && array.Count == value.ToInt32());
            case "$all":
                return Items(name, value).All(item => MatchesEquality(document, path, item));
            case "$elemMatch":
                return MongoPaths.Resolve(document, path).OfType<BsonArray>().Any(array => array.Any(item => MatchesElement(item, value.AsBsonDocument)));
            case "$type":
                return Candidates(document, path).Any(found => IsOfType(found, value));
            default:
                throw MongoStandInError.BadValue($"unknown operator: {name}");
        }
    }

    private static bool MatchesElement(BsonValue item, BsonDocument filter) => filter.ElementCount > 0 && filter.GetElement(0).Name[0] == '$'
        ? MatchesField(new BsonDocument("x", item), "x", filter)
        : item is BsonDocument document && Matches(document, filter);

    private static BsonArray Items(string name, BsonValue value) => value as BsonArray ?? throw MongoStandInError.BadValue($"{name} needs an array");

    private static bool IsOfType(BsonValue found, BsonValue type) => type.IsString
        ? type.AsString switch
        {
            "number" => found.IsNumeric,
            "string" => found.IsString,
            "object" => found.IsBsonDocument,
            "array" => found.IsBsonArray,
            "objectId" => found.IsObjectId,
            "bool" => found.IsBoolean,
            "date" => found.IsBsonDateTime,
            "null" => found.IsBsonNull,
            "int" => found.IsInt32,
            "long" => found.IsInt64,
            "double" => found.IsDouble,
            _ => throw MongoStandInError.BadValue($"Unknown type name alias: {type.AsString}"),
        }
        : (int)found.BsonType == type.ToInt32();

    private static bool Compare(BsonValue found, BsonValue value, string name)
    {
        // Only values of one kind are compared: a name is neither above nor below a number.
        if (!(found.IsNumeric && value.IsNumeric) && found.BsonType != value.BsonType)
        {
            return false;
        }

        var order = found.CompareTo(value);
        return name switch
        {
            "$gt" => order > 0,
            "$gte" => order >= 0,
            "$lt" => order < 0,
            _ => order <= 0,
        };
    }

    private static Regex ToRegex(BsonRegularExpression pattern)
    {
        var options = RegexOptions.CultureInvariant;
        foreach (var option in pattern.Options)
        {
            options |= option switch { 'i' => RegexOptions.IgnoreCase, 'm' => RegexOptions.Multiline, 's' => RegexOptions.Singleline, 'x' => RegexOptions.IgnorePatternWhitespace, _ => RegexOptions.None };
        }

        return new Regex(pattern.Pattern, options);
    }
}
