using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Attempts;
using LazyMigrate.Tests.TestServices;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using static LazyMigrate.Tests.UserMigration.MigrationStage;

namespace LazyMigrate.Tests.UserMigration;

/// <summary>Row 14 of docs/flows.md: N simultaneous first log-ins make one user, on both databases.</summary>
[Collection(nameof(PostgresCollection))]
public sealed class SimultaneousLogInTests(PostgresServer server)
{
    private const string Email = "ada@example.org";

    [Theory]
    [InlineData(2)]
    [InlineData(20)]
    public Task Sqlite_OneUserAllSignedIn(int people) => OneUserAllSignedInAsync(configure => TestDatabase.CreateAsync(configure), people);

    [SkippableTheory]
    [InlineData(2)]
    [InlineData(50)]
    public async Task Postgres_OneUserAllSignedIn(int people)
    {
        Skip.IfNot(PostgresServer.IsAvailable(out var reason), reason);
        await OneUserAllSignedInAsync(configure => TestDatabase.CreateAsync(server, configure), people);
    }

    [Fact]
    public async Task OneNode_OthersWaitForTheFirst_AndTheScriptRunsOnce()
    {
        var signIns = new TestSignIns();
        await using var database = await TestDatabase.CreateAsync(signIns.AddTo);
        await database.AddCustomDatabaseAsync(MigrationMode.LazyMigration);
        database.Runner.Knows(new Dictionary<string, string> { [Email] = Profile("42", Email) });

        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => TestSignIns.LogInAsync(database, Email, Password))));

        Assert.All(results, result => Assert.True(result.Succeeded));
        Assert.Single(database.Runner.Requests);
        Assert.False((await TestSignIns.LogInAsync(database, Email, "wrong")).Succeeded);
        Assert.Equal(1, await database.ReadAsync(context => context.Users.CountAsync()));
    }

    /// <summary>Moved by another log-in, and disabled, while this one waited for the legacy database.</summary>
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DisabledMeanwhile_IsNotLetInByTheJoin(bool onPostgres)
    {
        var signIns = new TestSignIns();
        await using var database = await (onPostgres ? TestDatabase.CreateAsync(server, signIns.AddTo) : TestDatabase.CreateAsync(signIns.AddTo));
        var custom = await database.AddCustomDatabaseAsync(MigrationMode.LazyMigration);
        database.Runner.Knows(new Dictionary<string, string> { [Email] = Profile("42", Email) });
        var gate = new TaskCompletionSource();
        database.Runner.Gate = gate.Task;
        var waiting = Task.Run(() => TestSignIns.LogInAsync(database, Email, Password));
        while (database.Runner.Requests.Count == 0)
        {
            await Task.Delay(5);
        }

        var user = new AppUser { Email = Email, NormalizedEmail = Email, Origin = UserOrigin.Migrated, CustomDatabaseId = custom.Id, LegacyId = "42", IsDisabled = true };
        user.PasswordHash = database.Get<IPasswordHasher<AppUser>>().HashPassword(user, Password);
        await database.AddAsync(user);
        gate.SetResult();

        Assert.Equal(SignInRefusal.Blocked, Assert.IsType<MigratingSignInResult>(await waiting).Refusal);
        Assert.Empty(signIns.UserIds);
        Assert.Equal("Disabled", (await database.ReadAsync(context => context.ActivityEvents.SingleAsync(item => item.Kind == ActivityKinds.LoginBlocked))).Outcome);
    }

    /// <summary>A hash that would only be thrown away is not made, and nobody waits for somebody else's.</summary>
    [Fact]
    public async Task MovedMeanwhile_NothingIsHashed_AndTheGateIsFreeForTheCheck()
    {
        var hasher = new WatchedHasher();
        await using var database = await TestDatabase.CreateAsync(services =>
        {
            new TestSignIns().AddTo(services);
            services.Replace(ServiceDescriptor.Singleton<IPasswordHasher<AppUser>>(hasher));
        });
        var custom = await database.AddCustomDatabaseAsync(MigrationMode.LazyMigration);
        database.Runner.Knows(new Dictionary<string, string> { [Email] = Profile("42", Email) });
        var gate = new TaskCompletionSource();
        database.Runner.Gate = gate.Task;
        var logIns = Enumerable.Range(0, 3).Select(_ => Task.Run(() => TestSignIns.LogInAsync(database, Email, Password))).ToList();
        while (database.Runner.Requests.Count == 0 || database.Get<IdentifierGate>().CountOf(Email) < 3)
        {
            await Task.Delay(5);
        }

        // Moved on another node, where the gate is not.
        var user = new AppUser { Email = Email, NormalizedEmail = Email, Origin = UserOrigin.Migrated, CustomDatabaseId = custom.Id, LegacyId = "42", PasswordHash = Password };
        await database.AddAsync(user);
        var isFree = false;
        hasher.Verifying = () => isFree |= database.Get<IdentifierGate>().CountOf(Email) == 0;
        gate.SetResult();

        Assert.All(await Task.WhenAll(logIns), result => Assert.True(result.Succeeded));
        Assert.Equal(0, hasher.Hashed);
        Assert.True(isFree);
    }

    [SkippableFact]
    public async Task Postgres_RegistrationAgainstFirstLogIn_OneUser()
    {
        Skip.IfNot(PostgresServer.IsAvailable(out var reason), reason);
        await using var database = await TestDatabase.CreateAsync(server, new TestSignIns().AddTo);
        await database.AddCustomDatabaseAsync(MigrationMode.LazyMigration);
        database.Runner.Knows(new Dictionary<string, string> { [Email] = Profile("42", Email) });

        // The look-up says "free", as if the legacy row came into being in between: only the index decides.
        database.Runner.Answer(ScriptKind.SearchUser, "null");
        for (var round = 0; round < 10; round++)
        {
            var logIn = Task.Run(() => TestSignIns.LogInAsync(database, Email, Password));
            var registration = Task.Run(() => TestSignIns.RegisterAsync(database, Email));
            await Task.WhenAll(logIn, registration);

            Assert.True((await logIn).Succeeded ^ (await registration).Succeeded);
            Assert.Equal(1, await database.ReadAsync(context => context.Users.CountAsync()));
            await database.ReadAsync(context => context.Users.ExecuteDeleteAsync());
        }
    }

    private static async Task OneUserAllSignedInAsync(Func<Action<IServiceCollection>, Task<TestDatabase>> create, int people)
    {
        var signIns = new TestSignIns();
        await using var database = await create(services =>
        {
            signIns.AddTo(services);

            // A gate for each request, as if each had come to a node of its own: only the indexes are left to decide.
            services.RemoveAll<IdentifierGate>();
            services.AddScoped<IdentifierGate>();

            // Two hashes each, all at once: at full cost the last ones would wait too long.
            services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1_000);

            // All are to be past the limiter at once.
            services.Configure<ThrottleOptions>(options => options.AttemptsPerIdentifier = 1000);
        });
        await database.AddCustomDatabaseAsync(MigrationMode.LazyMigration);
        database.Runner.Knows(new Dictionary<string, string> { [Email] = Profile("42", Email) });
        var gate = new TaskCompletionSource();
        database.Runner.Gate = gate.Task;

        var logIns = Enumerable.Range(0, people).Select(_ => Task.Run(() => TestSignIns.LogInAsync(database, Email, Password))).ToList();
        while (database.Runner.Requests.Count < people)
        {
            await Task.Delay(5);
        }

        gate.SetResult();
        var results = await Task.WhenAll(logIns);

        Assert.All(results, result => Assert.True(result.Succeeded));
        var user = await database.ReadAsync(context => context.Users.SingleAsync());
        Assert.Equal(Enumerable.Repeat(user.Id.ToString(), people), signIns.UserIds);
        Assert.Equal(1, await database.ReadAsync(context => context.ActivityEvents.CountAsync(item => item.Kind == ActivityKinds.UserMigrated)));
    }

    /// <summary>Counts what is hashed; itself it costs nothing.</summary>
    private sealed class WatchedHasher : IPasswordHasher<AppUser>
    {
        private int _hashed;

        public int Hashed => _hashed;

        public Action Verifying { get; set; } = () => { };

        public string HashPassword(AppUser user, string password)
        {
            Interlocked.Increment(ref _hashed);
            return password;
        }

        public PasswordVerificationResult VerifyHashedPassword(AppUser user, string hashedPassword, string providedPassword)
        {
            Verifying();
            return hashedPassword == providedPassword ? PasswordVerificationResult.Success : PasswordVerificationResult.Failed;
        }
    }
}
