using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Data;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Core.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Tests.Benchmarks;

/// <summary>What a first log-in costs beyond the two hashes it cannot do without: checking the legacy one, making the new one.</summary>
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 10, iterationCount: 100, invocationCount: 1)]
[SuppressMessage("Design", "CA1001", Justification = "BenchmarkDotNet calls the clean-up.")]
public class FirstLogInBenchmark
{
    private const int People = 200;
    private const int LegacyCost = 10;
    private const string Password = "old password";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"lazymigrate-benchmark-{Guid.NewGuid():N}");
    private readonly AppUser _nobody = new();
    private readonly string _legacyHash = BCrypt.Net.BCrypt.HashPassword(Password, LegacyCost);
    private ServiceProvider _services = null!;
    private IPasswordHasher<AppUser> _hasher = null!;
    private int _next;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        Directory.CreateDirectory(_folder);
        await using (var legacy = new SqliteConnection($"Data Source={Path.Combine(_folder, "shop.db")};Pooling=False"))
        {
            await legacy.OpenAsync();
            await using var command = legacy.CreateCommand();
            command.CommandText = $"""
                CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT UNIQUE, password_hash TEXT);
                WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {People})
                INSERT INTO users SELECT i, 'user' || i || '@example.org', '{_legacyHash}' FROM n;
                """;
            await command.ExecuteNonQueryAsync();
        }

        var services = new ServiceCollection();
        services.AddLogging();
        services.AddAppDatabase(new DatabaseOptions(), _folder);
        services.AddScripting();
        services.Configure<CustomDatabaseOptions>(options => options.SqliteFolder = _folder);
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = 220_000);
        services.AddAuthentication();
        services.AddIdentityCore<AppUser>().AddRoles<AppRole>().AddEntityFrameworkStores<AppDbContext>().AddLazyMigration();
        _services = services.BuildServiceProvider();
        _hasher = _services.GetRequiredService<IPasswordHasher<AppUser>>();
        await _services.GetRequiredService<DatabaseInitializer>().InitializeAsync(CancellationToken.None);

        var database = await _services.GetRequiredService<CustomDatabaseManager>().SaveAsync(
            new CustomDatabaseEdit { Name = "shop", Type = CustomDatabaseType.Sqlite, NewUri = "shop.db" },
            ActivityActor.System);
        await PublishAsync(ScriptKind.Login, """
            const Database = require('better-sqlite3');
            const bcrypt = require('bcrypt');
            async function login(query, password) {
              const db = new Database(env.DB_CONNECTION_URI, { readonly: true });
              try {
                const row = db.prepare('SELECT * FROM users WHERE email = ?').get(query.email);
                if (!row) return null;
                if (!(await bcrypt.compare(password, row.password_hash))) throw new WrongPasswordError();
                return { id: row.id, email: row.email };
              } finally {
                db.close();
              }
            }
            """);
        await PublishAsync(ScriptKind.SearchUser, "async function searchUser() { return null; }");
        var readiness = await _services.GetRequiredService<MigrationSwitch>().SetAsync(MigrationMode.LazyMigration, ActivityActor.System);
        if (database is not CustomDatabaseSave.Saved || !readiness.IsReady)
        {
            throw new InvalidOperationException("The benchmark's migration could not be switched on.");
        }
    }

    [GlobalCleanup]
    public async Task CleanUpAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Benchmark]
    public async Task FirstLogIn()
    {
        await using var scope = _services.CreateAsyncScope();
        var identifier = new UserIdentifier(IdentifierKind.Email, $"user{_next++}@example.org");
        var outcome = await scope.ServiceProvider.GetRequiredService<UserMigrator>().MigrateAsync(identifier, Password, CancellationToken.None);
        if (outcome is not UserMigrationOutcome.Moved)
        {
            throw new InvalidOperationException($"Not moved: {outcome}");
        }
    }

    [Benchmark(Baseline = true)]
    public bool TheTwoHashes() => BCrypt.Net.BCrypt.Verify(Password, _legacyHash) && _hasher.HashPassword(_nobody, Password).Length > 0;

    private async Task PublishAsync(ScriptKind kind, string source)
    {
        var scripts = _services.GetRequiredService<DatabaseScriptManager>();
        var published = await scripts.PublishAsync(kind, source, null, null, ActivityActor.System);
        if (published is not ScriptPublish.Published)
        {
            throw new InvalidOperationException($"The benchmark's script was not published: {published}");
        }

        await scripts.MarkTestedAsync(kind, source);
    }
}
