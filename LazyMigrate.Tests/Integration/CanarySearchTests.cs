using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.CustomDatabases.Packages;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Tests.TestServices;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LazyMigrate.Tests.Integration;

/// <summary>Promise P7: no password or secret in anything stored or printed. Everything is done with canaries for secrets, and then every byte is searched for them.</summary>
[Collection(nameof(CanaryCollection))]
public sealed class CanarySearchTests(PostgresServer postgres, MariaDbServer mariaDb) : IDisposable
{
    private static readonly ActivityActor s_actor = new(null, "owner");

    private readonly TemporaryFolder _folder = new();
    private readonly Canary _typed = new("the typed password", "cAnary/typed+9f2c \"é\"&7");
    private readonly Canary _wrong = new("the wrong password", "cAnary/wrong+1d4e \"ü\"&3");
    private readonly Canary _chosen = new("the chosen password", "cAnary/chosen+77ab \"ñ\"&5");
    private readonly Canary _reset = new("the password chosen by mail", "cAnary/reset+5c0d \"ø\"&9");
    private readonly Canary _registered = new("the registered password", "cAnary/registered+a8e1 \"å\"&2");
    private readonly Canary _owner = new("the administrator's password", "cAnary/owner+3b6f \"æ\"&8");
    private readonly Canary _pepper = new("the pepper", "cAnary/pepper+e2d9 \"ç\"&4");
    private readonly Canary _database = new("the legacy database's password", "cAnary/database+60c7 &1");
    private readonly Canary _newUri = new("the wrong database password", "cAnary/newuri+b5f3 &6");
    private readonly List<(string Where, byte[] Content)> _seen = [];

    private Canary[] Canaries => [_typed, _wrong, _chosen, _reset, _registered, _owner, _pepper, _database, _newUri];

    private string DataFolder => Path.Combine(_folder.Path, "data");

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    [InlineData("mysql")]
    public async Task Everything_NoSecretAnywhere(string type)
    {
        var (uri, wrongUri, ask) = await PrepareAsync(type);
        var settings = await WriteShopAsync(type, uri, ask);
        await using (var mail = TestMailServer.Start())
        await using (var collector = await TestCollector.StartAsync())
        {
            foreach (var (key, value) in mail.Settings)
            {
                settings[key] = value;
            }

            settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address;
            string output;
            await using (var server = await ServerProcess.StartAsync(DataFolder, settings))
            {
                var journey = new CanaryJourney(server, mail, Keep);
                await journey.LogInsAsync(_typed.Secret);
                await journey.LostWorkersAsync(_typed.Secret);
                await journey.RegistrationsAsync(_registered.Secret);
                await journey.PeopleHereAsync(_typed.Secret, _wrong.Secret, _chosen.Secret, _reset.Secret);
                await collector.WaitForAsync("/v1/traces", "script SearchUser", TimeSpan.FromSeconds(60));
                await collector.WaitForAsync("/v1/metrics", "lazymigrate.legacy.latency", TimeSpan.FromSeconds(60));
                await server.KillAsync();
                output = server.Output;
            }

            Assert.Contains("dbug: ", output, StringComparison.Ordinal);
            Keep("the server's output", output);
            _seen.AddRange(collector.Received.Select(item => ($"telemetry {item.Path}", item.Body)));
            _seen.AddRange(mail.Mails.Select(item => ("a mail", Encoding.UTF8.GetBytes(item.ToString()))));
        }

        Assert.Contains(CanaryJourney.Fates, fate => FilesHold($"{fate}-1@example.org"));
        await ConsoleAsync(type, wrongUri);
        await CommandLineAsync();
        AddFiles();

        Assert.Empty(Canaries.SelectMany(canary => _seen.SelectMany(item => canary.FindIn(item.Where, item.Content))).Distinct().Take(40));
    }

    private async Task<(string Uri, string WrongUri, string Ask)> PrepareAsync(string type)
    {
        var name = $"canary_{Guid.NewGuid():N}"[..20];
        switch (type)
        {
            case "postgres":
                Skip.IfNot(PostgresServer.IsAvailable(out var noPostgres), noPostgres);
                await postgres.ExecuteAsync("postgres", $"CREATE ROLE {name} LOGIN PASSWORD '{_database.Secret}'");
                return (
                    $"postgres://{name}:{Uri.EscapeDataString(_database.Secret)}@{postgres.HostAndPort}/postgres",
                    $"postgres://{name}:{Uri.EscapeDataString(_newUri.Secret)}@{postgres.HostAndPort}/postgres",
                    "const { Client } = require('pg'); const client = new Client({ connectionString: env.DB_CONNECTION_URI }); await client.connect(); await client.query(\"SELECT 1\"); await client.end();");
            case "mysql":
                Skip.IfNot(MariaDbServer.IsAvailable(out var noMariaDb), noMariaDb);
                await mariaDb.ExecuteAsync("legacy", $"CREATE USER '{name}'@'%' IDENTIFIED BY '{_database.Secret}'; GRANT SELECT ON *.* TO '{name}'@'%'");
                return (
                    $"mysql://{name}:{Uri.EscapeDataString(_database.Secret)}@{mariaDb.HostAndPort}/legacy",
                    $"mysql://{name}:{Uri.EscapeDataString(_newUri.Secret)}@{mariaDb.HostAndPort}/legacy",
                    "const mysql = require('mysql2/promise'); const connection = await mysql.createConnection(env.DB_CONNECTION_URI); await connection.query(\"SELECT 1\"); await connection.end();");
            default:
                return ("shop.db", "nowhere.db", "const database = new (require('better-sqlite3'))(env.DB_CONNECTION_URI); database.prepare(\"SELECT 1\").get();");
        }
    }

    /// <returns>Settings of a server that is provisioned with it, and logs all it can.</returns>
    private async Task<Dictionary<string, string>> WriteShopAsync(string type, string uri, string ask)
    {
        var shop = Directory.CreateDirectory(Path.Combine(_folder.Path, "shop")).FullName;
        var (login, search) = CanaryJourney.Scripts(ask);
        await File.WriteAllTextAsync(Path.Combine(shop, "database.json"), JsonSerializer.Serialize(new
        {
            name = "shop",
            type,
            uri = "${CANARY_URI}",
            mode = "LazyMigration",
            variables = new { PEPPER = "${CANARY_PEPPER}" },
        }));
        await File.WriteAllTextAsync(Path.Combine(shop, "login.js"), login);
        await File.WriteAllTextAsync(Path.Combine(shop, "searchUser.js"), search);
        var legacy = Directory.CreateDirectory(Path.Combine(DataFolder, "legacy")).FullName;
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(legacy, "shop.db")};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE people (id INTEGER)";
            await command.ExecuteNonQueryAsync();
        }

        return new Dictionary<string, string>
        {
            ["CANARY_URI"] = uri,
            ["CANARY_PEPPER"] = _pepper.Secret,
            ["LazyMigrate:Setup:CustomDatabase"] = shop,
            ["LazyMigrate:Setup:AdminEmail"] = "owner@example.org",
            ["LazyMigrate:Setup:AdminPassword"] = _owner.Secret,
            ["LazyMigrate:Breaker:Failures"] = "1000",
            ["LazyMigrate:Security:FailureGranularity"] = "00:00:00",
            ["LazyMigrate:Throttle:AttemptsPerAddress"] = "100000",
            ["Logging:LogLevel:Default"] = "Trace",
            ["Logging:LogLevel:Microsoft"] = "Trace",
            ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "300",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "300",
        };
    }

    /// <summary>What an administrator does in the console, on the same data, in this process.</summary>
    private async Task ConsoleAsync(string type, string wrongUri)
    {
        using var log = new TraceLog();
        await using var factory = new WebApplicationFactory<Program>().WithWebHostBuilder(builder =>
        {
            builder.UseEnvironment("Development");
            builder.UseSetting("LazyMigrate:DataFolder", DataFolder);
            builder.ConfigureLogging(logging => logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddFilter(null, LogLevel.Trace).AddProvider(log));
        });
        var services = factory.Services;
        var scripts = services.GetRequiredService<DatabaseScriptManager>();
        var cases = services.GetRequiredService<ScriptTestCaseManager>();
        foreach (var kind in (ScriptKind[])[ScriptKind.Login, ScriptKind.SearchUser])
        {
            var source = (await scripts.GetAsync(kind))!.Draft;
            foreach (var fate in CanaryJourney.Fates)
            {
                var lines = new List<ScriptConsoleLine>();
                var report = await services.GetRequiredService<ScriptTester>().RunAsync(
                    kind, source, new ScriptTestInput($"{fate}-2@example.org", _typed.Secret) { Actor = s_actor }, new Lines(lines));
                Keep($"the report of a test run ({kind}, {fate})", Describe(report));
                Keep($"the lines of a test run ({kind}, {fate})", Describe(lines.ToList()));
                await cases.SaveAsync(kind, new ScriptTestCaseEdit(null, fate, $"{fate}-2@example.org", kind == ScriptKind.Login ? "Accepted" : "Found", StoresPassword: kind == ScriptKind.Login, kind == ScriptKind.Login ? _typed.Secret : null), s_actor);
            }

            await foreach (var result in services.GetRequiredService<ScriptTestCaseRunner>().RunAsync(kind, source, await cases.ListAsync(kind), new Dictionary<Guid, string>(), actor: s_actor))
            {
                Keep($"a saved case ({kind}, {result.Case.Name})", Describe(result.Report));
            }
        }

        var databases = services.GetRequiredService<CustomDatabaseManager>();
        var settings = (await databases.GetAsync())!;
        Keep("the settings", Describe(settings));
        if (Enum.TryParse<LegacyStore>(type, ignoreCase: true, out var store))
        {
            var (_, access) = (await databases.GetConnectionAsync(settings.Type, wrongUri))!.Value;
            Keep("a connection test", Describe(await services.GetRequiredService<ILegacyConnectionTester>().TestAsync(store, wrongUri, access)));
        }

        var saved = await databases.SaveAsync(
            new CustomDatabaseEdit
            {
                Name = settings.Name,
                Type = settings.Type,
                NewUri = wrongUri,
                Variables = new Dictionary<string, string?> { ["PEPPER"] = null, ["SECOND"] = _newUri.Secret },
                ConcurrencyStamp = settings.ConcurrencyStamp,
            },
            s_actor);
        Assert.IsType<CustomDatabaseSave.Saved>(saved);
        Keep("what saving said", Describe(saved));
        var refusedLogin = await services.GetRequiredService<ScriptTester>().RunAsync(ScriptKind.Login, (await scripts.GetAsync(ScriptKind.Login))!.Draft, new ScriptTestInput("ada@example.org", _typed.Secret));
        Keep("a test run without the right database password", Describe(refusedLogin));
        using var archive = new MemoryStream(TestPackage.Pack(
            ("package.json", """{ "name": "teller", "version": "1.0.0", "main": "index.js", "license": "MIT" }"""), ("index.js", "module.exports = secret => { throw new Error(secret); };")));
        await services.GetRequiredService<ScriptPackageManager>().AddAsync(archive, s_actor);
        var packaged = await services.GetRequiredService<ScriptTester>().RunAsync(
            ScriptKind.Login, "async function login(query, password) { require('teller')(password + env.PEPPER + env.SECOND); }", new ScriptTestInput("ada@example.org", _typed.Secret));
        Keep("a test run with a package", Describe(packaged));
        Keep("the log", log.Text);
    }

    private async Task CommandLineAsync()
    {
        var file = Path.Combine(_folder.Path, "shop", "login.js");
        foreach (var fate in (string[])["returns", "throws", "typeerror", "never"])
        {
            var (_, output, errors) = await CommandProcess.RunAsync(
                _typed.Secret + "\n", null, "script", "test", "--kind", "login", "--file", file, "--email", $"{fate}-3@example.org", "--password-stdin", "--env", $"PEPPER={_pepper.Secret}", "--json");
            Keep($"script test ({fate})", output + errors);
        }

        var settings = new Dictionary<string, string> { ["LazyMigrate:DataFolder"] = DataFolder, ["Logging:LogLevel:Default"] = "Trace" };
        var verified = await CommandProcess.RunAsync("", settings, "activity", "verify", "--json");
        Assert.True(verified.ExitCode == 0, verified.Output + verified.Errors);
        Keep("activity verify", verified.Output + verified.Errors);
    }

    private void Keep(string where, string content) => _seen.Add((where, Encoding.UTF8.GetBytes(content)));

    private void AddFiles()
    {
        // The folder of the server, with the database as it was left; not the scripts, which were given with names of variables only.
        foreach (var file in Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream();
            stream.CopyTo(content);
            _seen.Add((Path.GetRelativePath(_folder.Path, file), content.ToArray()));
        }
    }

    private bool FilesHold(string text) => Directory.EnumerateFiles(DataFolder).Any(file => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

    private static string Describe(object value) => JsonSerializer.Serialize(value, value.GetType()) + value;

    /// <summary>Takes lines where they are told, not later on another thread.</summary>
    private sealed class Lines(List<ScriptConsoleLine> lines) : IProgress<ScriptConsoleLine>
    {
        public void Report(ScriptConsoleLine value)
        {
            lock (lines)
            {
                lines.Add(value);
            }
        }
    }
}

/// <summary>One journey at a time, with both servers.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "A collection in xunit's sense of the word.")]
[CollectionDefinition(nameof(CanaryCollection))]
public sealed class CanaryCollection : ICollectionFixture<PostgresServer>, ICollectionFixture<MariaDbServer>;
