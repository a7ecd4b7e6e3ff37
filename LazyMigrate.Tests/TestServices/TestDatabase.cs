using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Data;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Core.Users;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace LazyMigrate.Tests.TestServices;

/// <summary>A real, migrated database of one test, with everything of the core but the script runtime around it.</summary>
/// <remarks>
/// SQLite in a folder of its own, or a database of its own on a <see cref="PostgresServer"/>. The clock stands still until
/// a test moves it; scripts are answered by <see cref="Runner"/>.
/// </remarks>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly DatabaseOptions _options;

    private TestDatabase(string folder, DatabaseOptions options, Action<IServiceCollection>? configure)
    {
        Folder = folder;
        _options = options;
        Directory.CreateDirectory(SqliteFolder);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IScriptRunner>(Runner);
        services.AddSingleton<IScriptInspector>(Inspector);
        services.AddScripting();
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAppDatabase(options, folder);
        services.Configure<CustomDatabaseOptions>(custom => custom.SqliteFolder = SqliteFolder);
        services.AddAuthentication();
        services.AddIdentityCore<AppUser>()
            .AddRoles<AppRole>()
            .AddEntityFrameworkStores<AppDbContext>()
            .AddDefaultTokenProviders()
            .AddLazyMigration();
        configure?.Invoke(services);
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    /// <summary>The folder of this test; deleted at its end.</summary>
    public string Folder { get; }

    /// <summary>Where legacy SQLite files lie.</summary>
    public string SqliteFolder => Path.Combine(Folder, "legacy");

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public TestScriptRunner Runner { get; } = new();

    public TestScriptInspector Inspector { get; } = new();

    public IServiceProvider Services => _services;

    private DatabaseOptions OptionsForAll => _options.Provider == DatabaseProvider.Postgres ? _options : new DatabaseOptions
    {
        ConnectionString = $"Data Source={Path.Combine(Folder, "lazymigrate.db")};Foreign Keys=True;Default Timeout=30",
    };

    public IDbContextFactory<AppDbContext> Contexts => Get<IDbContextFactory<AppDbContext>>();

    /// <summary>On SQLite, in a file.</summary>
    /// <param name="configure">Adds to or replaces the services.</param>
    public static async Task<TestDatabase> CreateAsync(Action<IServiceCollection>? configure = null)
    {
        var folder = NewFolder();
        await MigratedFile.CopyToAsync(folder);
        return await InitializeAsync(new TestDatabase(folder, new DatabaseOptions(), configure));
    }

    /// <summary>On PostgreSQL, in a new database of the server.</summary>
    /// <remarks>Skips the test where no server can be started.</remarks>
    public static async Task<TestDatabase> CreateAsync(PostgresServer server, Action<IServiceCollection>? configure = null)
    {
        Skip.IfNot(PostgresServer.IsAvailable(out var reason), reason);
        var name = $"test_{Guid.NewGuid():N}";
        await server.CreateMigratedDatabaseAsync(name);
        var options = new DatabaseOptions { Provider = DatabaseProvider.Postgres, ConnectionString = server.ConnectionStringOf(name) };
        return await InitializeAsync(new TestDatabase(NewFolder(), options, configure));
    }

    /// <summary>A second node on the database of another: PostgreSQL, or the same file by a second connection pool.</summary>
    public static async Task<TestDatabase> JoinAsync(TestDatabase other, Action<IServiceCollection>? configure = null) =>
        await InitializeAsync(new TestDatabase(NewFolder(), other.OptionsForAll, configure));

    /// <summary>A singleton; scoped ones need <see cref="CreateScope"/>.</summary>
    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>What one request has.</summary>
    public AsyncServiceScope CreateScope() => _services.CreateAsyncScope();

    /// <summary>Stores entities as they are.</summary>
    public async Task AddAsync(params object[] entities)
    {
        await using var context = await Contexts.CreateDbContextAsync();
        context.AddRange(entities);
        await context.SaveChangesAsync();
    }

    /// <summary>Reads with a context of its own.</summary>
    public async Task<T> ReadAsync<T>(Func<AppDbContext, Task<T>> read)
    {
        await using var context = await Contexts.CreateDbContextAsync();
        return await read(context);
    }

    public async ValueTask DisposeAsync()
    {
        await using (var context = await Contexts.CreateDbContextAsync())
        {
            if (context.Database.GetDbConnection() is SqliteConnection connection)
            {
                // Only this test's pool: others run at the same time.
                SqliteConnection.ClearPool(connection);
            }
        }

        await _services.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static string NewFolder() => Path.Combine(Path.GetTempPath(), $"lazymigrate-test-{Guid.NewGuid():N}");

    private static async Task<TestDatabase> InitializeAsync(TestDatabase database)
    {
        await database.Get<DatabaseInitializer>().InitializeAsync(CancellationToken.None);
        return database;
    }
}
