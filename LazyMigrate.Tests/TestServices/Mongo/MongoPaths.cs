using MongoDB.Bson;

namespace LazyMigrate.Tests.TestServices.Mongo;

/// <summary>Dotted paths into documents and arrays.</summary>
internal static class MongoPaths
{
    /// <summary>Everything a path leads to; through an array it leads to each element's field and, by number, to one element.</summary>
    public static IEnumerable<BsonValue> Resolve(BsonValue value, string path)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        var (head, rest) = dot < 0 ? (path, null) : (path[..dot], path[(dot + 1)..]);
        switch (value)
        {
            case BsonDocument document when document.TryGetValue(head, out var field):
                return rest is null ? [field] : Resolve(field, rest);
            case BsonArray array:
                var byNumber = int.TryParse(head, out var index) && index < array.Count ? rest is null ? [array[index]] : Resolve(array[index], rest) : [];
                return byNumber.Concat(array.OfType<BsonDocument>().SelectMany(item => Resolve(item, path)));
            default:
                return [];
        }
    }

    public static BsonValue? Find(BsonDocument document, string path) => Resolve(document, path).FirstOrDefault();

    /// <summary>The document or array that holds a path's last step, made where it is missing.</summary>
    public static (BsonValue Holder, string Name) Open(BsonDocument document, string path)
    {
        BsonValue holder = document;
        var steps = path.Split('.');
        foreach (var step in steps[..^1])
        {
            holder = holder switch
            {
                BsonArray array when int.TryParse(step, out var index) && index < array.Count => array[index],
                BsonDocument inner when inner.TryGetValue(step, out var next) && next is BsonDocument or BsonArray => inner[step],
                BsonDocument inner when !inner.Contains(step) => inner[step] = new BsonDocument(),
                _ => throw new MongoStandInError(28, "PathNotViable", $"Cannot create field '{steps[^1]}' in element {{{step}: {(holder as BsonDocument)?.GetValue(step, BsonNull.Value)}}}"),
            };
        }

        return (holder, steps[^1]);
    }

    public static void Set(BsonDocument document, string path, BsonValue value)
    {
        switch (Open(document, path))
        {
            case (BsonDocument holder, var name):
                holder[name] = value;
                break;
            case (BsonArray holder, var name) when int.TryParse(name, out var index):
                while (holder.Count <= index)
                {
                    holder.Add(BsonNull.Value);
                }

                holder[index] = value;
                break;
        }
    }

    /// <summary>Equality as the server has it: numbers by value, whatever their types.</summary>
    public static bool AreEqual(BsonValue a, BsonValue b) => a.IsNumeric && b.IsNumeric ? a.CompareTo(b) == 0 : a.Equals(b);

    public static BsonDocument Project(BsonDocument document, BsonDocument projection)
    {
        if (projection.ElementCount == 0)
        {
            return document;
        }

        var isInclusion = projection.Any(field => field.Name != "_id" && IsTrue(field.Value)) || projection.All(field => field.Name == "_id" && IsTrue(field.Value));
        if (isInclusion && projection.FirstOrDefault(field => field.Name != "_id" && !IsTrue(field.Value)) is { Name: { } excluded })
        {
            throw new MongoStandInError(31254, "Location31254", $"Cannot do exclusion on field {excluded} in inclusion projection");
        }

        var hasId = !projection.TryGetValue("_id", out var id) || IsTrue(id);
        return Project(document, projection, isInclusion, "", hasId);
    }

    private static BsonDocument Project(BsonDocument document, BsonDocument projection, bool isInclusion, string prefix, bool hasId)
    {
        var result = new BsonDocument();
        foreach (var field in document)
        {
            var path = prefix + field.Name;
            if (path == "_id")
            {
                if (hasId)
                {
                    result.Add(field);
                }

                continue;
            }

            var isNamed = projection.Contains(path);
            var isParent = projection.Names.Any(name => name.StartsWith($"{path}.", StringComparison.Ordinal));
            if (isParent && field.Value is BsonDocument inner)
            {
                result.Add(field.Name, Project(inner, projection, isInclusion, $"{path}.", hasId));
            }
            else if (isParent && field.Value is BsonArray array)
            {
                result.Add(field.Name, new BsonArray(array.Select(item => item is BsonDocument each ? Project(each, projection, isInclusion, $"{path}.", hasId) : item)));
            }
            else if (isNamed == isInclusion)
            {
                result.Add(field);
            }
        }

        return result;
    }

    private static bool IsTrue(BsonValue value) => value.ToBoolean();
}
