using System.Text.Json;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.UserMigration;

/// <summary>Stores and modes that the rows of docs/flows.md are tried on.</summary>
internal static class MigrationStage
{
    public const string Password = "old password";
    public const string LoginSource = "async function login() {}";
    public const string SearchSource = "async function searchUser() {}";

    /// <summary>A custom database in this mode, with both scripts published.</summary>
    public static async Task<CustomDatabase> AddCustomDatabaseAsync(this TestDatabase database, MigrationMode mode)
    {
        var custom = new CustomDatabase { Name = "shop", Type = CustomDatabaseType.Other, Mode = mode, CreatedAt = database.Time.GetUtcNow() };
        await database.AddAsync(custom);
        foreach (var (kind, source) in new[] { (ScriptKind.Login, LoginSource), (ScriptKind.SearchUser, SearchSource) })
        {
            await database.Get<DatabaseScriptManager>().PublishAsync(kind, source, null, null, Core.Activity.ActivityActor.System);
        }

        return custom;
    }

    /// <summary>A profile as scripts return it.</summary>
    public static string Profile(string id, string? email = null, string? phone = null, string? username = null, bool blocked = false) =>
        JsonSerializer.Serialize(new { id, email, phone, username, blocked, name = "Ada Lovelace" });

    /// <summary>The legacy database knows these people, all with <see cref="Password"/>; keys are canonical identifiers, values profiles.</summary>
    public static void Knows(this TestScriptRunner runner, IReadOnlyDictionary<string, string> people)
    {
        runner.Answer(ScriptKind.Login, request =>
        {
            using var arguments = JsonDocument.Parse(request.ArgumentsJson);
            return new ScriptCompletion.Answered(
                people.TryGetValue(IdentifierIn(arguments), out var profile) && arguments.RootElement[1].GetString() == Password ? profile : "null");
        });
        runner.Answer(ScriptKind.SearchUser, request =>
        {
            using var arguments = JsonDocument.Parse(request.ArgumentsJson);
            return new ScriptCompletion.Answered(people.GetValueOrDefault(IdentifierIn(arguments), "null"));
        });
    }

    private static string IdentifierIn(JsonDocument arguments) =>
        arguments.RootElement[0].EnumerateObject().Single(field => field.Value.ValueKind == JsonValueKind.String).Value.GetString()!;
}
