using System.Text;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Tests.TestServices;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Tests.CustomDatabases;

public abstract class CustomDatabaseManagerTests
{
    private static readonly CustomDatabaseEdit s_shop = new()
    {
        Name = " Shop ",
        Type = CustomDatabaseType.Postgres,
        NewUri = "postgres://reader:hunter22@db.example.org/shop",
        Variables = new Dictionary<string, string?> { ["PEPPER"] = "hot-pepper", ["REGION"] = "emea" },
        AllowedHosts = ["API.example.org:443", "api.example.org:443"],
        TrustsEmailVerified = true,
    };

    [SkippableFact]
    public async Task GetAsync_NothingConfigured_IsNullAndOff()
    {
        await using var database = await CreateDatabaseAsync();
        var manager = database.Get<CustomDatabaseManager>();

        Assert.Null(await manager.GetAsync());
        Assert.Null(await manager.GetPublishedAsync());
        Assert.Equal(MigrationMode.Off, await manager.GetModeAsync());
    }

    [SkippableFact]
    public async Task SaveAsync_New_IsStoredWithSecretsMasked()
    {
        await using var database = await CreateDatabaseAsync();

        var settings = await SaveAsync(database, s_shop);

        Assert.Equal(
            ("Shop", CustomDatabaseType.Postgres, MigrationMode.Off, "postgres://reader:••••@db.example.org/shop", true, false),
            (settings.Name, settings.Type, settings.Mode, settings.MaskedUri, settings.TrustsEmailVerified, settings.IsSample));
        Assert.Equal(["PEPPER", "REGION"], settings.VariableNames);
        Assert.Equal(["api.example.org:443"], settings.AllowedHosts);
        Assert.Equal(database.Time.GetUtcNow(), settings.UpdatedAt);
        var stored = await database.Get<CustomDatabaseManager>().GetAsync();
        Assert.Equal(settings.ConcurrencyStamp, stored!.ConcurrencyStamp);
        Assert.Equal(settings.MaskedUri, stored.MaskedUri);
        var saved = Assert.Single(await database.Get<ActivityQueries>().LatestAsync(10));
        Assert.Equal((ActivityKinds.DatabaseSaved, TestActors.Ada.Id, settings.Id), (saved.Kind, saved.ActorId, saved.CustomDatabaseId));
    }

    [SkippableFact]
    public async Task GetPublishedAsync_Settings_AreWhatScriptsSee()
    {
        await using var database = await CreateDatabaseAsync();
        await SaveAsync(database, s_shop);

        var published = await database.Get<CustomDatabaseManager>().GetPublishedAsync();

        Assert.NotNull(published);
        Assert.Equal("hunter22", published.Variables["DB_PASSWORD"]);
        Assert.Equal("hot-pepper", published.Variables["PEPPER"]);
        Assert.Equal(["api.example.org:443", "db.example.org:5432"], published.Access.Hosts);
        Assert.Superset(new HashSet<string> { "hunter22", "hot-pepper", "emea" }, published.Secrets.ToHashSet());
        Assert.Empty(published.Scripts);
    }

    [SkippableFact]
    public async Task SaveAsync_Secrets_AreNotReadableInTheDatabase()
    {
        await using var database = await CreateDatabaseAsync();
        await SaveAsync(database, s_shop);

        var stored = await StoredTextAsync(database);

        Assert.Contains("Shop", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter22", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("hot-pepper", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("db.example.org", stored, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task SaveAsync_Variables_AreKeptReplacedAndRemoved()
    {
        await using var database = await CreateDatabaseAsync();
        var settings = await SaveAsync(database, s_shop with
        {
            Variables = new Dictionary<string, string?> { ["KEPT"] = "kept-value", ["REPLACED"] = "old-value", ["REMOVED"] = "gone-value" },
        });

        settings = await SaveAsync(database, s_shop with
        {
            NewUri = null,
            ConcurrencyStamp = settings.ConcurrencyStamp,
            Variables = new Dictionary<string, string?> { ["KEPT"] = null, ["REPLACED"] = "new-value" },
        });

        Assert.Equal(["KEPT", "REPLACED"], settings.VariableNames);
        var published = await database.Get<CustomDatabaseManager>().GetPublishedAsync();
        Assert.Equal(("kept-value", "new-value"), (published!.Variables["KEPT"], published.Variables["REPLACED"]));
        Assert.False(published.Variables.ContainsKey("REMOVED"));
        Assert.Equal("hunter22", published.Variables["DB_PASSWORD"]);
    }

    [SkippableFact]
    public async Task SaveAsync_NewVariableWithoutValue_IsRefused()
    {
        await using var database = await CreateDatabaseAsync();

        var problems = await RefusedAsync(database, s_shop with { Variables = new Dictionary<string, string?> { ["PEPPER"] = null } });

        Assert.Equal("Variables.PEPPER", Assert.Single(problems).Field);
    }

    [SkippableFact]
    public async Task SaveAsync_OldStamp_ChangesNothing()
    {
        await using var database = await CreateDatabaseAsync();
        var first = await SaveAsync(database, s_shop);
        await SaveAsync(database, s_shop with { Name = "Second", ConcurrencyStamp = first.ConcurrencyStamp });
        var manager = database.Get<CustomDatabaseManager>();

        Assert.IsType<CustomDatabaseSave.ChangedMeanwhile>(
            await manager.SaveAsync(s_shop with { Name = "Third", ConcurrencyStamp = first.ConcurrencyStamp }, TestActors.Bob));
        Assert.IsType<CustomDatabaseSave.ChangedMeanwhile>(await manager.SaveAsync(s_shop with { Name = "Fourth" }, TestActors.Bob));
        Assert.Equal("Second", (await manager.GetAsync())!.Name);
    }

    [SkippableFact]
    public async Task SaveAsync_TwoCreateAtOnce_OneDatabaseIsMade()
    {
        await using var database = await CreateDatabaseAsync();
        var manager = database.Get<CustomDatabaseManager>();

        var saves = await Task.WhenAll(Enumerable.Range(0, 8).Select(index => Task.Run(() => manager.SaveAsync(s_shop with { Name = $"Shop {index}" }, TestActors.Ada))));

        Assert.Single(saves.OfType<CustomDatabaseSave.Saved>());
        Assert.Equal(7, saves.OfType<CustomDatabaseSave.ChangedMeanwhile>().Count());
        Assert.Equal(1, await database.ReadAsync(context => context.CustomDatabases.CountAsync()));
    }

    [SkippableFact]
    public async Task GetAsync_KeysLost_SaysSo_AndSecretsCanBeEnteredAgain()
    {
        await using var database = await CreateDatabaseAsync();
        await SaveAsync(database, s_shop);
        await database.ReadAsync(context => context.CustomDatabases.ExecuteUpdateAsync(update => update
            .SetProperty(row => row.ProtectedUri, "written-with-another-key")
            .SetProperty(row => row.ProtectedVariables, "written-with-another-key")));
        var manager = database.Get<CustomDatabaseManager>();

        var lost = await manager.GetAsync();
        Assert.True(lost!.AreSecretsLost);
        var refused = await manager.SaveAsync(s_shop with { NewUri = null, ConcurrencyStamp = lost.ConcurrencyStamp }, TestActors.Ada);
        Assert.Equal([nameof(CustomDatabaseEdit.NewUri)], Assert.IsType<CustomDatabaseSave.Refused>(refused).Problems.Select(problem => problem.Field));

        var saved = await manager.SaveAsync(s_shop with { ConcurrencyStamp = lost.ConcurrencyStamp }, TestActors.Ada);
        Assert.False(Assert.IsType<CustomDatabaseSave.Saved>(saved).Settings.AreSecretsLost);
    }

    [SkippableFact]
    public async Task SaveAsync_TypeChange_NeedsTheUriAgain()
    {
        await using var database = await CreateDatabaseAsync();
        var settings = await SaveAsync(database, s_shop);
        var change = s_shop with { Type = CustomDatabaseType.MySql, NewUri = null, ConcurrencyStamp = settings.ConcurrencyStamp };

        Assert.Equal(nameof(CustomDatabaseEdit.NewUri), Assert.Single(await RefusedAsync(database, change)).Field);

        settings = await SaveAsync(database, change with { NewUri = "mysql://reader:hunter23@db.example.org/shop" });
        Assert.Equal((CustomDatabaseType.MySql, "mysql://reader:••••@db.example.org/shop"), (settings.Type, settings.MaskedUri));
    }

    [SkippableFact]
    public async Task SaveAsync_EmptyUri_ClearsIt()
    {
        await using var database = await CreateDatabaseAsync();
        var settings = await SaveAsync(database, s_shop);

        settings = await SaveAsync(database, s_shop with { NewUri = "", ConcurrencyStamp = settings.ConcurrencyStamp });

        Assert.Null(settings.MaskedUri);
    }

    [SkippableFact]
    public async Task SaveAsync_ManyFaults_AreNamedAtOnceAndNothingIsStored()
    {
        await using var database = await CreateDatabaseAsync();

        var problems = await RefusedAsync(database, new CustomDatabaseEdit
        {
            Name = " ",
            Type = CustomDatabaseType.Postgres,
            NewUri = "mysql://db/shop",
            Variables = new Dictionary<string, string?> { ["not a name"] = "x" },
            AllowedHosts = ["db.example.org", "db.example.org:0", "db:70000", "a b:80"],
        });

        Assert.Equal(
            ["Name", "NewUri", "Variables.not a name", "AllowedHosts", "AllowedHosts", "AllowedHosts", "AllowedHosts"],
            problems.Select(problem => problem.Field));
        Assert.Null(await database.Get<CustomDatabaseManager>().GetAsync());
        Assert.Empty(await database.Get<ActivityQueries>().LatestAsync(10));
    }

    [SkippableFact]
    public async Task SaveAsync_Sample_IsRefused()
    {
        await using var database = await CreateDatabaseAsync();
        var loaded = Assert.IsType<SampleLoad.Loaded>(await database.Get<SampleManager>().LoadAsync(TestActors.Ada));

        var problems = await RefusedAsync(database, s_shop with { ConcurrencyStamp = loaded.Settings.ConcurrencyStamp });

        Assert.Equal("", problems[0].Field);
    }

    [SkippableFact]
    public async Task GetConnectionAsync_TypedUri_WinsOverTheStoredOne()
    {
        await using var database = await CreateDatabaseAsync();
        var manager = database.Get<CustomDatabaseManager>();
        Assert.Null(await manager.GetConnectionAsync(CustomDatabaseType.Postgres, newUri: null));
        await SaveAsync(database, s_shop with { AllowedHosts = [] });

        var stored = await manager.GetConnectionAsync(CustomDatabaseType.Postgres, newUri: " ");
        var typed = await manager.GetConnectionAsync(CustomDatabaseType.Postgres, " postgres://u:p@other:6432/shop ");
        var file = await manager.GetConnectionAsync(CustomDatabaseType.Sqlite, "sqlite:shop.db");

        Assert.Equal((s_shop.NewUri, "db.example.org:5432"), (stored!.Value.Uri, Assert.Single(stored.Value.Access.Hosts)));
        Assert.Equal(("postgres://u:p@other:6432/shop", "other:6432"), (typed!.Value.Uri, Assert.Single(typed.Value.Access.Hosts)));
        Assert.Equal(("shop.db", Path.Combine(database.SqliteFolder, "shop.db")), (file!.Value.Uri, Assert.Single(file.Value.Access.SqliteFiles)));
    }

    protected abstract Task<TestDatabase> CreateDatabaseAsync();

    /// <summary>Everything the store holds, as text.</summary>
    protected abstract Task<string> StoredTextAsync(TestDatabase database);

    private static async Task<CustomDatabaseSettings> SaveAsync(TestDatabase database, CustomDatabaseEdit edit) =>
        Assert.IsType<CustomDatabaseSave.Saved>(
            await database.Get<CustomDatabaseManager>().SaveAsync(edit, TestActors.Ada)).Settings;

    private static async Task<IReadOnlyList<FieldProblem>> RefusedAsync(TestDatabase database, CustomDatabaseEdit edit) =>
        Assert.IsType<CustomDatabaseSave.Refused>(
            await database.Get<CustomDatabaseManager>().SaveAsync(edit, TestActors.Ada)).Problems;
}

public sealed class SqliteCustomDatabaseManagerTests : CustomDatabaseManagerTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.CreateAsync();

    protected override async Task<string> StoredTextAsync(TestDatabase database)
    {
        var text = new StringBuilder();
        foreach (var file in Directory.GetFiles(database.Folder, "lazymigrate.db*"))
        {
            // Others have it open.
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            text.Append(await reader.ReadToEndAsync());
        }

        return text.ToString();
    }
}

[Collection(nameof(PostgresCollection))]
public sealed class PostgresCustomDatabaseManagerTests(PostgresServer server) : CustomDatabaseManagerTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.CreateAsync(server);

    protected override async Task<string> StoredTextAsync(TestDatabase database)
    {
        // Every row of every table, as PostgreSQL writes it out.
        var rows = await database.ReadAsync(context => context.Database
            .SqlQuery<string>($"""
                SELECT query_to_xml(format('SELECT * FROM %I.%I', schemaname, tablename), true, true, '')::text AS "Value"
                FROM pg_tables WHERE schemaname = 'public'
                """)
            .ToListAsync());
        return string.Join('\n', rows);
    }
}
