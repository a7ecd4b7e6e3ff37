using System.Text.Json;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Outbox;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Tests.TestServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static LazyMigrate.Tests.UserMigration.MigrationStage;

namespace LazyMigrate.Tests.UserMigration;

/// <summary>The <c>userMigrated</c> script after a move.</summary>
public sealed class SqliteUserMigratedTests : UserMigratedTests
{
    protected override Task<TestDatabase> CreateAsync(Action<IServiceCollection> configure) => TestDatabase.CreateAsync(configure);
}

/// <summary>The same on PostgreSQL.</summary>
[Collection(nameof(PostgresCollection))]
public sealed class PostgresUserMigratedTests(PostgresServer server) : UserMigratedTests
{
    protected override Task<TestDatabase> CreateAsync(Action<IServiceCollection> configure) => TestDatabase.CreateAsync(server, configure);
}

public abstract class UserMigratedTests
{
    private const string Email = "ada@example.org";

    protected abstract Task<TestDatabase> CreateAsync(Action<IServiceCollection> configure);

    [SkippableFact]
    public async Task Moved_ScriptIsToldOnce()
    {
        await using var database = await StageAsync();

        Assert.True((await TestSignIns.LogInAsync(database, Email, Password)).Succeeded);
        Assert.DoesNotContain(database.Runner.Requests, request => request.Kind == ScriptKind.UserMigrated);
        await database.Get<OutboxWorker>().RunDueAsync(default);
        await database.Get<OutboxWorker>().RunDueAsync(default);

        var told = Assert.Single(database.Runner.Requests, request => request.Kind == ScriptKind.UserMigrated);
        using var arguments = JsonDocument.Parse(told.ArgumentsJson);
        var user = await database.ReadAsync(context => context.Users.SingleAsync());
        Assert.Equal("42", arguments.RootElement[0].GetProperty("id").GetString());
        Assert.Equal(user.Id, arguments.RootElement[0].GetProperty("localId").GetGuid());
        Assert.Equal(Email, arguments.RootElement[0].GetProperty("email").GetString());
        Assert.DoesNotContain(Password, told.ArgumentsJson, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task ManyFirstLogInsAtOnce_ScriptIsToldOnce()
    {
        await using var database = await StageAsync();

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => TestSignIns.LogInAsync(database, Email, Password))));
        await database.Get<OutboxWorker>().RunDueAsync(default);

        Assert.Single(database.Runner.Requests, request => request.Kind == ScriptKind.UserMigrated);
    }

    [SkippableFact]
    public async Task Failing_IsTriedAgain_NeverUndoesTheMove_AndKeepsNobodyOut()
    {
        await using var database = await StageAsync();
        database.Runner.Fail(ScriptKind.UserMigrated, ScriptFailureKind.ModuleError, "The legacy database is down.");
        await TestSignIns.LogInAsync(database, Email, Password);
        var worker = database.Get<OutboxWorker>();

        for (var attempt = 1; attempt <= 20; attempt++)
        {
            Assert.Equal(1, await worker.RunDueAsync(default));
            database.Time.Advance(OutboxWorker.Backoff(attempt, 1));
        }

        Assert.Equal(0, await worker.RunDueAsync(default));
        Assert.Equal(1, await database.ReadAsync(context => context.Users.CountAsync()));
        var custom = await database.ReadAsync(context => context.CustomDatabases.SingleAsync());
        Assert.Equal(LegacyBreakerState.Closed, database.Get<LegacyBreaker>().StateOf(custom.Id));
        var told = await database.ReadAsync(context => context.ActivityEvents.SingleAsync(item => item.Kind == ActivityKinds.OutboxGivenUp));
        Assert.Equal(
            (UserMigratedHandler.MessageKind, "Ada Lovelace", "Given up after 20 attempts. The legacy database is down."),
            (told.Outcome, told.SubjectName, told.Detail));
    }

    [SkippableFact]
    public async Task NotMoved_OrNoSuchScript_NothingIsEnqueued()
    {
        await using var database = await StageAsync(withScript: false);

        await TestSignIns.LogInAsync(database, Email, "wrong");
        await TestSignIns.LogInAsync(database, Email, Password);

        Assert.Equal(0, await database.ReadAsync(context => context.OutboxMessages.CountAsync()));
    }

    private async Task<TestDatabase> StageAsync(bool withScript = true)
    {
        var database = await CreateAsync(new TestSignIns().AddTo);
        await database.AddCustomDatabaseAsync(MigrationMode.LazyMigration);
        if (withScript)
        {
            await database.Get<DatabaseScriptManager>().PublishAsync(ScriptKind.UserMigrated, "async function userMigrated() {}", null, null, ActivityActor.System);
        }

        database.Runner.Knows(new Dictionary<string, string> { [Email] = Profile("42", Email) });
        database.Runner.Answer(ScriptKind.UserMigrated, json: null);
        return database;
    }
}
