using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Contracts;

/// <summary><c>listUsers</c> and <c>userMigrated</c>, from real runs.</summary>
public sealed class OptionalScriptContractTests(ScriptHost host) : IClassFixture<ScriptHost>
{
    private const string Refused = "await new (require('pg').Client)('postgres://127.0.0.1:1/x').connect()";

    private static readonly MigratedUser s_ada = new()
    {
        Id = "4711",
        LocalId = "0199a1b2-0000-7000-8000-000000000001",
        Email = "ada@example.com",
        MigratedAt = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.FromHours(2)),
    };

    [Fact]
    public async Task ReadList_Page_ListsItsPeople()
    {
        var listed = Assert.IsType<ListOutcome.Listed>(await ListAsync(
            "return { totalCount: '120', list: [{ id: (page - 1) * limit + 1, email: 'a@example.com' }, { user_id: 'x', username: context.userPoolName }] };",
            page: 3,
            limit: 50));

        Assert.Equal(120, listed.TotalCount);
        Assert.Equal([(1, "101", "a@example.com"), (2, "x", "LazyMigrate")], listed.Users.Select(user => (user.Row, user.Profile!.Id, user.Profile.Email ?? user.Profile.Username)));
        Assert.All(listed.Users, user => Assert.Empty(user.Problems));
    }

    [Fact]
    public async Task ReadList_BadRow_IsNamedAndTheOthersStay()
    {
        var listed = Assert.IsType<ListOutcome.Listed>(await ListAsync(
            "return { totalCount: 4, list: [{ id: 1, email: 'a@example.com', name: {} }, { email: 'b@example.com' }, 'c', { id: 4, phone: '+4915112345678' }] };"));

        Assert.Equal(["1", null, null, "4"], listed.Users.Select(user => user.Profile?.Id));
        Assert.Equal(
            [("list[0].name", false), ("list[1].id", true), ("list[2]", true)],
            listed.Users.SelectMany(user => user.Problems).Select(problem => (problem.Field, problem.IsFatal)));
        Assert.Equal("Row 3 is not a profile.", listed.Users[2].Problems[0].Message);
        Assert.StartsWith("Row 2: The profile has no `id`", listed.Users[1].Problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadList_NoMorePeople_IsAnEmptyPage() =>
        Assert.Empty(Assert.IsType<ListOutcome.Listed>(await ListAsync("return { totalCount: 0, list: [] };")).Users);

    [Fact]
    public async Task ReadList_ProfileWithItsOwnData_FitsTheDepth()
    {
        var listed = Assert.IsType<ListOutcome.Listed>(await ListAsync("return { totalCount: 1, list: [{ id: 1, email: 'a@example.com', customData: { shoe: { size: 38 } } }] };"));

        Assert.Equal("""{"shoe":{"size":38}}""", listed.Users[0].Profile!.CustomDataJson);
    }

    [Theory]
    [InlineData("return [];", ScriptFailureKind.BadAnswer, "`listUsers` returned an array. Return { totalCount, list }")]
    [InlineData("return null;", ScriptFailureKind.BadAnswer, "`listUsers` returned nothing.")]
    [InlineData("", ScriptFailureKind.BadAnswer, "`listUsers` returned nothing.")]
    [InlineData("return { list: [] };", ScriptFailureKind.BadAnswer, "whose `totalCount` is not a whole number")]
    [InlineData("return { totalCount: -1, list: [] };", ScriptFailureKind.BadAnswer, "whose `totalCount` is not a whole number")]
    [InlineData("return { totalCount: 1.5, list: [] };", ScriptFailureKind.BadAnswer, "whose `totalCount` is not a whole number")]
    [InlineData("return { totalCount: 1, list: {} };", ScriptFailureKind.BadAnswer, "whose `list` is not an array")]
    [InlineData("return { totalCount: 3, list: [1, 2, 3] };", ScriptFailureKind.BadAnswer, "returned 3 people on a page of at most 2. Use `limit` in the statement, and skip `(page - 1) * limit` rows.")]
    [InlineData("return { totalCount: 1, list: [{ id: 1, email: 'a@example.com', note: 'x'.repeat(300000) }] };", ScriptFailureKind.ResultLimit, "longer than 256,000 characters as JSON. Return only the fields of the profiles, never more of them than `limit`, or ask for fewer on a page.")]
    [InlineData("return { totalCount: 1, list: [{ id: 1, a: { b: { c: { d: 1 } } } }] };", ScriptFailureKind.ResultLimit, "nested more than 5 levels deep")]
    [InlineData("throw new Error('x');", ScriptFailureKind.ScriptError, "The script threw Error: x. An empty page is")]
    [InlineData(Refused + ";", ScriptFailureKind.ModuleError, "A module call failed")]
    public async Task ReadList_AnythingElse_IsFailed(string body, ScriptFailureKind kind, string words)
    {
        var failure = Assert.IsType<ListOutcome.Failed>(await ListAsync(body, limit: 2)).Failure;

        Assert.Equal(kind, failure.Kind);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MigratedArguments_User_IsWhatTheFunctionGets()
    {
        var result = await host.Runner.RunAsync(Migrated("async function userMigrated(user, context) { console.log(JSON.stringify(user), context.userPoolId); }"));

        Assert.Equal(
            """{"id":"4711","localId":"0199a1b2-0000-7000-8000-000000000001","email":"ada@example.com","migratedAt":"2026-03-04T03:06:07Z"} default""",
            Assert.Single(result.Console).Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("return null;")]
    [InlineData("return 'done';")]
    [InlineData("return 'x'.repeat(300000);")]
    [InlineData("const a = {}; a.a = a; return a;")]
    [InlineData("return NaN;")]
    public async Task ReadMigrated_WhateverIsReturned_IsDone(string body) => Assert.IsType<MigratedOutcome.Done>(await MigratedAsync(body));

    [Theory]
    [InlineData("throw new Error('x');", ScriptFailureKind.ScriptError)]
    [InlineData("throw new WrongPasswordError();", ScriptFailureKind.ScriptError)]
    [InlineData("throw new TemporaryError('x');", ScriptFailureKind.TemporaryError)]
    [InlineData("await new Promise(() => {});", ScriptFailureKind.NoAnswer)]
    [InlineData(Refused + ";", ScriptFailureKind.ModuleError)]
    public async Task ReadMigrated_Throw_IsFailed(string body, ScriptFailureKind kind) =>
        Assert.Equal(kind, Assert.IsType<MigratedOutcome.Failed>(await MigratedAsync(body)).Failure.Kind);

    private ScriptRunRequest Migrated(string source) => Allowing(host.Login(source) with
    {
        Kind = ScriptKind.UserMigrated,
        ArgumentsJson = host.Contract.MigratedArguments(s_ada, new ScriptContext()),
    });

    private static ScriptRunRequest Allowing(ScriptRunRequest request) => request with { Access = new LegacyAccess(["127.0.0.1:1"], null, []) };

    private async Task<ListOutcome> ListAsync(string body, int page = 1, int limit = 50)
    {
        var request = Allowing(host.Login($"async function listUsers(page, limit, context) {{ {body} }}") with
        {
            Kind = ScriptKind.ListUsers,
            ArgumentsJson = host.Contract.ListArguments(page, limit, new ScriptContext()),
        });
        return host.Contract.ReadList(await host.Runner.RunAsync(request), limit);
    }

    private async Task<MigratedOutcome> MigratedAsync(string body) =>
        host.Contract.ReadMigrated(await host.Runner.RunAsync(Migrated($"async function userMigrated(user, context) {{ {body} }}")));
}
