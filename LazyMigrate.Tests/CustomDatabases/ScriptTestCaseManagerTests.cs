using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Tests.TestServices;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Tests.CustomDatabases;

public abstract class ScriptTestCaseManagerTests
{
    private const string Password = "open sesame, once";

    [SkippableFact]
    public async Task SaveAsync_WithoutPassword_IsListedByName()
    {
        await using var database = await CreateConfiguredAsync();
        var cases = database.Get<ScriptTestCaseManager>();

        var grace = await SaveAsync(cases, new ScriptTestCaseEdit(null, " grace ", " grace@example.org ", "Blocked"));
        var ada = await SaveAsync(cases, new ScriptTestCaseEdit(null, "Ada", "ada@example.org", "Accepted", StoresPassword: false, NewPassword: Password));

        Assert.Equal(new ScriptTestCaseSummary(grace.Id, ScriptKind.Login, "grace", "grace@example.org", "Blocked", HasPassword: false), grace);
        Assert.False(ada.HasPassword);
        Assert.Equal([ada, grace], await cases.ListAsync(ScriptKind.Login));
        Assert.Empty(await cases.ListAsync(ScriptKind.SearchUser));
    }

    [SkippableFact]
    public async Task SaveAsync_WithPassword_IsEncryptedAndToldWithoutIt()
    {
        await using var database = await CreateConfiguredAsync();
        var cases = database.Get<ScriptTestCaseManager>();

        var saved = await SaveAsync(cases, new ScriptTestCaseEdit(null, "Ada", "ada@example.org", "Accepted", StoresPassword: true, NewPassword: Password));

        Assert.True(saved.HasPassword);
        var stored = await database.ReadAsync(context => context.ScriptTestCases.SingleAsync());
        Assert.DoesNotContain("sesame", stored.ProtectedPassword, StringComparison.Ordinal);
        Assert.Equal(Password, await cases.GetPasswordAsync(saved.Id, CancellationToken.None));
        var told = (await database.Get<ActivityQueries>().LatestAsync(1))[0];
        Assert.Equal((ActivityKinds.ScriptTestCaseSaved, "Ada", "“Ada”, password stored as a secret"), (told.Kind, told.ActorName, told.Detail));
    }

    [SkippableFact]
    public async Task SaveAsync_Changed_KeepsReplacesAndDeletesThePassword()
    {
        await using var database = await CreateConfiguredAsync();
        var cases = database.Get<ScriptTestCaseManager>();
        var saved = await SaveAsync(cases, new ScriptTestCaseEdit(null, "Ada", "ada@example.org", "Accepted", true, Password));

        var renamed = await SaveAsync(cases, new ScriptTestCaseEdit(saved.Id, "Ada L.", "ada@example.com", "Blocked", true));
        Assert.Equal(saved with { Name = "Ada L.", Identifier = "ada@example.com", ExpectedOutcome = "Blocked" }, renamed);
        Assert.Equal(Password, await cases.GetPasswordAsync(saved.Id, CancellationToken.None));

        await SaveAsync(cases, new ScriptTestCaseEdit(saved.Id, "Ada L.", "ada@example.com", "Blocked", true, "another"));
        Assert.Equal("another", await cases.GetPasswordAsync(saved.Id, CancellationToken.None));

        Assert.False((await SaveAsync(cases, new ScriptTestCaseEdit(saved.Id, "Ada L.", "ada@example.com", "Blocked"))).HasPassword);
        Assert.Null(await cases.GetPasswordAsync(saved.Id, CancellationToken.None));
        Assert.Equal("“Ada L.”, stored password deleted", (await database.Get<ActivityQueries>().LatestAsync(1))[0].Detail);
    }

    [SkippableTheory]
    [InlineData("", "ada", "Accepted", false, null, "Name", "Give the case a name.")]
    [InlineData("Ada", " ", "Accepted", false, null, "Identifier", "Type an e-mail address, a phone number or a user name.")]
    [InlineData("Ada", "ada", "Found", false, null, "ExpectedOutcome", "This script cannot have this outcome.")]
    [InlineData("Ada", "ada", "Accepted", true, "", "NewPassword", "Type the password that is to be stored.")]
    [InlineData("taken", "ada", "Accepted", false, null, "Name", "Another case of this script has this name.")]
    public async Task SaveAsync_Faulty_IsRefusedAtTheField(string name, string identifier, string outcome, bool stores, string? password, string field, string message)
    {
        await using var database = await CreateConfiguredAsync();
        var cases = database.Get<ScriptTestCaseManager>();
        await SaveAsync(cases, new ScriptTestCaseEdit(null, "taken", "grace", "Accepted"));

        var refused = await cases.SaveAsync(ScriptKind.Login, new ScriptTestCaseEdit(null, name, identifier, outcome, stores, password), TestActors.Ada);

        Assert.Equal([new FieldProblem(field, message)], Assert.IsType<ScriptTestCaseSave.Refused>(refused).Problems);
        Assert.Single(await cases.ListAsync(ScriptKind.Login));
    }

    [SkippableFact]
    public async Task SaveAsync_TooMany_IsRefused()
    {
        await using var database = await CreateConfiguredAsync();
        var cases = database.Get<ScriptTestCaseManager>();
        for (var number = 0; number < ScriptTestCase.MostPerScript; number++)
        {
            await SaveAsync(cases, new ScriptTestCaseEdit(null, $"{number}", "ada", "Accepted"));
        }

        Assert.IsType<ScriptTestCaseSave.Refused>(await cases.SaveAsync(ScriptKind.Login, new ScriptTestCaseEdit(null, "one more", "ada", "Accepted"), TestActors.Ada));
    }

    [SkippableFact]
    public async Task DeleteAsync_Case_IsGoneForEverybody()
    {
        await using var database = await CreateConfiguredAsync();
        var cases = database.Get<ScriptTestCaseManager>();
        var saved = await SaveAsync(cases, new ScriptTestCaseEdit(null, "Ada", "ada", "Accepted", true, Password));

        Assert.True(await cases.DeleteAsync(saved.Id, TestActors.Bob));

        Assert.False(await cases.DeleteAsync(saved.Id, TestActors.Bob));
        Assert.IsType<ScriptTestCaseSave.Gone>(await cases.SaveAsync(ScriptKind.Login, new ScriptTestCaseEdit(saved.Id, "Ada", "ada", "Accepted"), TestActors.Ada));
        var told = Assert.Single(await database.Get<ActivityQueries>().LatestAsync(10), item => item.Kind == ActivityKinds.ScriptTestCaseDeleted);
        Assert.Equal((ActivityKinds.ScriptTestCaseDeleted, "Bob", "“Ada”, with its stored password"), (told.Kind, told.ActorName, told.Detail));
    }

    [SkippableFact]
    public async Task Delete_CustomDatabase_TakesTheCasesWithIt()
    {
        await using var database = await CreateConfiguredAsync();
        await SaveAsync(database.Get<ScriptTestCaseManager>(), new ScriptTestCaseEdit(null, "Ada", "ada", "Accepted"));

        await database.ReadAsync(context => context.CustomDatabases.ExecuteDeleteAsync());

        Assert.Equal(0, await database.ReadAsync(context => context.ScriptTestCases.CountAsync()));
        Assert.Empty(await database.Get<ScriptTestCaseManager>().ListAsync(ScriptKind.Login));
    }

    [SkippableFact]
    public async Task RunAsync_Cases_UseTheirPasswordsOneAfterTheOther()
    {
        await using var database = await CreateConfiguredAsync();
        var cases = database.Get<ScriptTestCaseManager>();
        database.Runner.Answer(ScriptKind.Login, request => new ScriptCompletion.Answered(
            request.Secrets.Contains(Password) ? """{"id":"1","email":"ada@example.org"}""" : "null"));
        var typed = await SaveAsync(cases, new ScriptTestCaseEdit(null, "1 typed", "ada@example.org", "Accepted"));
        await SaveAsync(cases, new ScriptTestCaseEdit(null, "2 stored", "ada@example.org", "Accepted", true, Password));
        await SaveAsync(cases, new ScriptTestCaseEdit(null, "3 none needed", "ada@example.org", "WrongPassword"));
        await SaveAsync(cases, new ScriptTestCaseEdit(null, "4 unknown", "ada@example.org", "Blocked"));

        var results = new List<ScriptTestCaseResult>();
        var typedPasswords = new Dictionary<Guid, string> { [typed.Id] = Password };
        await foreach (var result in database.Get<ScriptTestCaseRunner>().RunAsync(ScriptKind.Login, "// draft", await cases.ListAsync(ScriptKind.Login), typedPasswords))
        {
            results.Add(result);
        }

        Assert.Equal(
            [("1 typed", "Accepted", true), ("2 stored", "Accepted", true), ("3 none needed", "NoSuchUser", false), ("4 unknown", "NotRun", false)],
            results.Select(result => (result.Case.Name, result.Report.Outcome, result.IsMet)));
        Assert.Equal(3, database.Runner.Requests.Count);
    }

    [SkippableFact]
    public async Task RunAsync_Canceled_BeginsNoOther()
    {
        await using var database = await CreateConfiguredAsync();
        var cases = database.Get<ScriptTestCaseManager>();
        database.Runner.Answer(ScriptKind.SearchUser, "null");
        await cases.SaveAsync(ScriptKind.SearchUser, new ScriptTestCaseEdit(null, "1", "ada", "NotFound"), TestActors.Ada);
        await cases.SaveAsync(ScriptKind.SearchUser, new ScriptTestCaseEdit(null, "2", "ada", "NotFound"), TestActors.Ada);
        using var canceled = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var result in database.Get<ScriptTestCaseRunner>().RunAsync(
                ScriptKind.SearchUser, "// draft", await cases.ListAsync(ScriptKind.SearchUser), new Dictionary<Guid, string>(), cancellationToken: canceled.Token))
            {
                Assert.True(result.IsMet);
                await canceled.CancelAsync();
            }
        });

        Assert.Single(database.Runner.Requests);
    }

    [SkippableFact]
    public async Task SaveAsync_ListUsers_AsksForTheFirstPage()
    {
        await using var database = await CreateConfiguredAsync();
        var cases = database.Get<ScriptTestCaseManager>();
        database.Runner.Answer(ScriptKind.ListUsers, """{"totalCount":1,"list":[{"id":1,"email":"ada@example.org"}]}""");
        await cases.SaveAsync(ScriptKind.ListUsers, new ScriptTestCaseEdit(null, "First page", "not kept", "Listed"), TestActors.Ada);

        var item = Assert.Single(await cases.ListAsync(ScriptKind.ListUsers));
        var report = await database.Get<ScriptTester>().RunAsync(ScriptKind.ListUsers, "// draft", new ScriptTestInput(item.Identifier, ""));

        Assert.Equal((null, "Listed", "Listed", 1L), (item.Identifier, item.ExpectedOutcome, report.Outcome, report.Count));
        Assert.StartsWith("[1,50,{", Assert.Single(database.Runner.Requests).ArgumentsJson, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task SaveAsync_UserMigrated_IsRefused()
    {
        await using var database = await CreateConfiguredAsync();

        var refused = Assert.IsType<ScriptTestCaseSave.Refused>(await database.Get<ScriptTestCaseManager>().SaveAsync(
            ScriptKind.UserMigrated, new ScriptTestCaseEdit(null, "Ada", "ada@example.org", "Done"), TestActors.Ada));

        Assert.Equal([new FieldProblem("", "This script has no test cases: each of its runs changes the legacy database.")], refused.Problems);
    }

    protected abstract Task<TestDatabase> CreateDatabaseAsync();

    private async Task<TestDatabase> CreateConfiguredAsync()
    {
        var database = await CreateDatabaseAsync();
        await database.Get<CustomDatabaseManager>().SaveAsync(new CustomDatabaseEdit { Name = "Shop", Type = CustomDatabaseType.Other }, TestActors.Ada);
        return database;
    }

    private static async Task<ScriptTestCaseSummary> SaveAsync(ScriptTestCaseManager cases, ScriptTestCaseEdit edit) =>
        Assert.IsType<ScriptTestCaseSave.Saved>(await cases.SaveAsync(ScriptKind.Login, edit, TestActors.Ada)).Case;
}

public sealed class SqliteScriptTestCaseManagerTests : ScriptTestCaseManagerTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.CreateAsync();
}

[Collection(nameof(PostgresCollection))]
public sealed class PostgresScriptTestCaseManagerTests(PostgresServer server) : ScriptTestCaseManagerTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.CreateAsync(server);
}
