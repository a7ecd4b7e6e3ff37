using MongoDB.Bson;

namespace LazyMigrate.Core.Scripting.Modules.MongoDb;

/// <summary>Refuses what would run JavaScript inside the database server.</summary>
internal static class MongoCommandGuard
{
    private const int Depth = 100;

    private static readonly HashSet<string> s_operators = new(StringComparer.Ordinal) { "$where", "$function", "$accumulator" };

    private static readonly HashSet<string> s_commands = new(StringComparer.OrdinalIgnoreCase) { "mapReduce", "group", "eval", "$eval" };

    /// <exception cref="ModuleException">The command, or something in it, is code for the server.</exception>
    public static void Check(BsonDocument command)
    {
        if (command.ElementCount == 0)
        {
            throw new ModuleException("ERR_INVALID_ARG_VALUE", "The command is empty.");
        }

        if (s_commands.Contains(command.GetElement(0).Name))
        {
            throw Refused(command.GetElement(0).Name);
        }

        Check(command, 0);
    }

    private static void Check(BsonValue value, int depth)
    {
        if (depth > Depth)
        {
            throw new ModuleException("ERR_INVALID_ARG_VALUE", "The command is nested too deeply.");
        }

        switch (value)
        {
            case BsonDocument document:
                foreach (var element in document)
                {
                    if (s_operators.Contains(element.Name))
                    {
                        throw Refused(element.Name);
                    }

                    Check(element.Value, depth + 1);
                }

                break;
            case BsonArray array:
                foreach (var item in array)
                {
                    Check(item, depth + 1);
                }

                break;
            case BsonJavaScript:
                throw Refused("Code");
        }
    }

    private static ModuleException Refused(string name) => new(
        "ERR_NOT_ALLOWED",
        $"{name} is not allowed: scripts may not run JavaScript inside the database server. Say the same with query operators.");
}
