using System.Text.Json;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Integration;

/// <summary>The verb <c>script</c> of the real executable, as a process of its own.</summary>
public sealed class ScriptCommandTests : IDisposable
{
    private const string Password = "opensesame-17";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("async function login(query, password) { return { id: 1, email: query.email, note: password }; }", 0, "Accepted", null, "authing")]
    [InlineData("function login(email, password, callback) { callback(null, { user_id: 1, email }); }", 0, "Accepted", null, "auth0")]
    [InlineData("function (email, password, callback) { callback(null); }", 1, "NoSuchUser", null, "auth0")]
    [InlineData("function login(email, password, callback) { console.log(email, password); callback(new WrongUsernameOrPasswordError(email)); }", 1, "WrongPassword", null, "auth0")]
    [InlineData("function login(query) { return { id: 1, email: query.email, blocked: true }; }", 1, "Blocked", null, "authing")]
    [InlineData("function login() { return { id: 1 }; }", 2, "Invalid", null, "authing")]
    [InlineData("function login() { return { id: 1, email: 'bob@example.com' }; }", 2, "Invalid", null, "authing")]
    [InlineData("function login(email, password, callback) { callback(new Error('no ' + password)); }", 2, "Failed", "ScriptError", "auth0")]
    [InlineData("function login(query, password) { throw new TypeError(password); }", 2, "Failed", "ScriptError", "authing")]
    [InlineData("function login( {", 2, "Failed", "SyntaxError", "authing")]
    [InlineData("function login() { require('oracledb'); }", 2, "Failed", "UnknownModule", "authing")]
    public async Task Test_Login_TellsTheOutcomeByJsonAndExitCode(string source, int exitCode, string outcome, string? failure, string dialect)
    {
        var run = await RunAsync(Password + "\n", "script", "test", "--kind", "login", "--file", Script(source), "--email", "Ada@Example.com", "--password-stdin", "--json");

        Assert.Equal(exitCode, run.ExitCode);
        Assert.DoesNotContain(Password, run.Output + run.Errors, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(
            ["outcome", "failure", "message", "dialect", "profile", "problems", "console", "moduleCalls", "durationMs"],
            json.RootElement.EnumerateObject().Select(field => field.Name));
        Assert.Equal(
            (outcome, failure, dialect),
            (json.RootElement.GetProperty("outcome").GetString(), json.RootElement.GetProperty("failure").GetString(), json.RootElement.GetProperty("dialect").GetString()));
    }

    [Fact]
    public async Task Test_Profile_IsAsALogInWouldReadIt()
    {
        var run = await RunAsync(
            "",
            "script", "test", "--kind", "searchUser", "--username", "ada", "--env", "A=1=2", "--env", "DB_CONNECTION_URI=postgres://u:p%40ss@db.example/shop", "--json",
            "--file", Script("async function searchUser(query) { console.warn(env.A, env.DB_HOST, env.DB_PORT); return { user_id: 7, username: query.username, given_name: 'Ada', plan: 'gold', app_metadata: { x: 1 } }; }"));

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        using var json = JsonDocument.Parse(run.Output);
        var profile = json.RootElement.GetProperty("profile");
        Assert.Equal(
            ("7", "ada", "Ada", "gold", 1),
            (profile.GetProperty("id").GetString(), profile.GetProperty("username").GetString(), profile.GetProperty("givenName").GetString(),
                profile.GetProperty("customData").GetProperty("plan").GetString(), profile.GetProperty("app_metadata").GetProperty("x").GetInt32()));
        var line = Assert.Single(json.RootElement.GetProperty("console").EnumerateArray());
        Assert.Equal(("Warn", "1=2 db.example 5432"), (line.GetProperty("level").GetString(), line.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task Test_AllowedHost_CanBeAsked()
    {
        await using var server = await TestHttpServer.StartAsync();
        var file = Script("async function searchUser() { const r = await fetch(env.API + '/status/404'); return r.status === 404 ? null : undefined; }");

        var refused = await RunAsync("", "script", "test", "--kind", "searchUser", "--phone", "+4915112345678", "--file", file, "--env", $"API={server.Address}", "--json");
        var allowed = await RunAsync("", "script", "test", "--kind", "searchUser", "--phone", "+4915112345678", "--file", file, "--env", $"API={server.Address}", "--allow-host", server.HostAndPort, "--json");

        Assert.Equal((2, 1), (refused.ExitCode, allowed.ExitCode));
        using var json = JsonDocument.Parse(allowed.Output);
        var call = Assert.Single(json.RootElement.GetProperty("moduleCalls").EnumerateArray());
        Assert.Equal(("undici", "fetch"), (call.GetProperty("module").GetString(), call.GetProperty("operation").GetString()));
    }

    [Fact]
    public async Task Test_ForPeople_IsText()
    {
        var run = await RunAsync("", "script", "test", "--kind", "login", "--dialect", "authing", "--email", "ada@example.com", "--file", Script("function login() {\n  null.x;\n}"));

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("Failed (ScriptError): The script threw TypeError: Cannot read properties of null (reading 'x') (line 2, column 8)", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("script")]
    [InlineData("script", "nonsense")]
    [InlineData("script", "test")]
    [InlineData("script", "test", "--kind", "nonsense", "--file", "x.js", "--email", "a@example.com")]
    [InlineData("script", "test", "--kind", "login", "--file", "no-such-file.js", "--email", "a@example.com")]
    [InlineData("script", "test", "--kind", "login", "--file", "{file}")]
    [InlineData("script", "test", "--kind", "login", "--file", "{file}", "--email", "a@example.com", "--username", "a")]
    [InlineData("script", "test", "--kind", "login", "--file", "{file}", "--email", "nonsense")]
    [InlineData("script", "test", "--kind", "login", "--file", "{file}", "--email", "a@example.com", "--env", "nonsense")]
    [InlineData("script", "test", "--kind", "login", "--file", "{file}", "--email", "a@example.com", "--allow-host", "http://nonsense")]
    [InlineData("script", "test", "--kind", "login", "--file", "{file}", "--email", "a@example.com", "--nonsense")]
    [InlineData("script", "check")]
    public async Task Script_WrongUsage_EndsWith64AndASentence(params string[] arguments)
    {
        var file = Script("function login() { return null; }");

        var run = await RunAsync("", [.. arguments.Select(argument => argument == "{file}" ? file : argument)]);

        Assert.Equal((64, ""), (run.ExitCode, run.Output));
        Assert.NotEmpty(run.Errors.Trim());
    }

    [Fact]
    public async Task Check_Script_SaysWhatItIs()
    {
        var run = await RunAsync("", "script", "check", "--json", "--file", Script("const pg = require('pg@7');\nfunction getUser(email, callback) { require('oracledb'); callback(null); }"));

        Assert.Equal(2, run.ExitCode);
        using var json = JsonDocument.Parse(run.Output);
        var root = json.RootElement;
        Assert.Equal(("auth0", "[\"getUser\"]", "[\"pg\",\"oracledb\"]", "[\"oracledb\"]"), (root.GetProperty("dialect").GetString(), Compact("functions"), Compact("modules"), Compact("unavailableModules")));
        Assert.Equal((2, 45), (root.GetProperty("errors")[0].GetProperty("line").GetInt32(), root.GetProperty("errors")[0].GetProperty("column").GetInt32()));

        string Compact(string name) => JsonSerializer.Serialize(root.GetProperty(name));
    }

    [Fact]
    public async Task Check_WorthALook_CarriesTheWarnings()
    {
        var run = await RunAsync("", "script", "check", "--json", "--file", Script("async function login(query) {\n  await client.query(`SELECT ${query.email}`);\n}"));

        Assert.Equal(0, run.ExitCode);
        using var json = JsonDocument.Parse(run.Output);
        var warning = json.RootElement.GetProperty("warnings")[0];
        Assert.Equal(
            ("login", "query-built-from-text", 2, 22),
            (json.RootElement.GetProperty("kind").GetString(), warning.GetProperty("code").GetString(), warning.GetProperty("line").GetInt32(), warning.GetProperty("column").GetInt32()));
        Assert.StartsWith("A value is put into the text of this query", warning.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("async function listUsers(page, limit) { return { totalCount: 0, list: [] }; }", "listUsers")]
    [InlineData("async function userMigrated(user) {}", "userMigrated")]
    public async Task Check_OptionalScript_SaysItsKind(string source, string kind)
    {
        var run = await RunAsync("", "script", "check", "--json", "--file", Script(source));

        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal((0, kind), (run.ExitCode, json.RootElement.GetProperty("kind").GetString()));
    }

    [Fact]
    public async Task Dialect_ThatDoesNotFit_IsAClearError()
    {
        var file = Script("async function login(query, password) { return null; }");

        var check = await RunAsync("", "script", "check", "--dialect", "auth0", "--json", "--file", file);
        var test = await RunAsync("", "script", "test", "--kind", "login", "--dialect", "auth0", "--email", "a@example.com", "--file", file);

        Assert.Equal(2, check.ExitCode);
        using var json = JsonDocument.Parse(check.Output);
        var error = json.RootElement.GetProperty("errors")[0];
        Assert.Equal("dialect-without-callback", error.GetProperty("code").GetString());
        Assert.Equal((64, "", error.GetProperty("message").GetString()), (test.ExitCode, test.Output, test.Errors.Trim()));
    }

    private string Script(string source)
    {
        var file = Path.Combine(_folder.Path, $"{Guid.NewGuid():N}.js");
        File.WriteAllText(file, source);
        return file;
    }

    private static Task<(int ExitCode, string Output, string Errors)> RunAsync(string input, params string[] arguments) =>
        CommandProcess.RunAsync(input, null, arguments);
}
