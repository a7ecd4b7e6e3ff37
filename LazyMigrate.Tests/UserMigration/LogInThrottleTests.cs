using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Core.Users;
using LazyMigrate.Tests.TestServices;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using static LazyMigrate.Tests.UserMigration.MigrationStage;

namespace LazyMigrate.Tests.UserMigration;

/// <summary>Row 1 of docs/flows.md: how often a password may be guessed, and what an outage tells.</summary>
[Collection(nameof(PostgresCollection))]
public sealed class LogInThrottleTests(PostgresServer server)
{
    private const string Email = "ada@example.org";

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    public async Task Sqlite_ParallelGuesses_ExactlyTenArePasswordChecks(int guesses)
    {
        var hasher = new CountingHasher();
        await using var database = await TestDatabase.CreateAsync(hasher.AddTo);
        await ExactlyTenChecksAsync(database, hasher, guesses);
    }

    [SkippableTheory]
    [InlineData(500)]
    public async Task Postgres_ParallelGuesses_ExactlyTenArePasswordChecks(int guesses)
    {
        var hasher = new CountingHasher();
        await using var database = await TestDatabase.CreateAsync(server, hasher.AddTo);
        await ExactlyTenChecksAsync(database, hasher, guesses);
    }

    [Fact]
    public async Task UnknownHere_ParallelGuesses_TheScriptIsAskedTenTimes()
    {
        await using var database = await TestDatabase.CreateAsync(new TestSignIns().AddTo);
        await database.AddCustomDatabaseAsync(MigrationMode.LazyMigration);
        database.Runner.Knows(new Dictionary<string, string> { [Email] = Profile("42", Email) });

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => TestSignIns.LogInAsync(database, Email, "wrong"))));

        Assert.Equal(10, database.Runner.Requests.Count);
        Assert.Equal(40, results.Count(IsThrottled));
    }

    [Fact]
    public async Task ManyRightPasswordsAtOnce_AllSignIn_ThoughMoreThanTheLimit()
    {
        await using var database = await TestDatabase.CreateAsync(new TestSignIns().AddTo);
        await MoveAsync(database);

        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => TestSignIns.LogInAsync(database, Email, Password))));

        Assert.All(results, result => Assert.True(result.Succeeded));
    }

    [Fact]
    public async Task RightPasswordAmongWrongOnes_IsNeverRefusedByAConflict()
    {
        await using var database = await TestDatabase.CreateAsync(new TestSignIns().AddTo);
        await MoveAsync(database);

        var wrong = Enumerable.Range(0, 9).Select(_ => Task.Run(() => TestSignIns.LogInAsync(database, Email, "wrong"))).ToList();
        var right = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => TestSignIns.LogInAsync(database, Email, Password))));

        Assert.All(right, result => Assert.True(result.Succeeded));
        Assert.All(await Task.WhenAll(wrong), result => Assert.Same(SignInResult.Failed, result));
    }

    [Fact]
    public async Task Throttled_IsTheSameForWhoeverExistsAndWhoeverDoesNot_AndToldOnce()
    {
        await using var database = await TestDatabase.CreateAsync(new TestSignIns().AddTo);
        await MoveAsync(database);
        database.Runner.Answer(ScriptKind.Login, "null");
        foreach (var identifier in new[] { Email, "nobody@example.org" })
        {
            for (var i = 0; i < 10; i++)
            {
                Assert.Same(SignInResult.Failed, await TestSignIns.LogInAsync(database, identifier, "wrong"));
            }

            Assert.True(IsThrottled(await TestSignIns.LogInAsync(database, identifier, "wrong")));
            Assert.True(IsThrottled(await TestSignIns.LogInAsync(database, identifier, Password)));
            Assert.Single(await database.ReadAsync(context => context.ActivityEvents.Where(item => item.Kind == ActivityKinds.LoginThrottled && item.SubjectName == identifier).ToListAsync()));
        }

        database.Time.Advance(TimeSpan.FromMinutes(15));
        Assert.True((await TestSignIns.LogInAsync(database, Email, Password)).Succeeded);
    }

    /// <summary>What else somebody is known by, since they were linked, is not worth more guesses at the same password.</summary>
    [Fact]
    public async Task LinkedIdentifiers_ShareOneCount_AndTheAnswerDoesNotTellIt()
    {
        await using var database = await TestDatabase.CreateAsync(new TestSignIns().AddTo);
        var user = await MoveAsync(database);
        foreach (var alias in new[] { "one@example.org", "two@example.org" })
        {
            await database.AddAsync(new Core.Users.Conflicts.MigrationConflict
            {
                CustomDatabaseId = user.CustomDatabaseId!.Value,
                LegacyId = alias,
                Identifier = alias,
                NormalizedEmail = alias,
                State = Core.Users.Conflicts.ConflictState.Linked,
                UserId = user.Id,
            });
            for (var i = 0; i < 6; i++)
            {
                Assert.Same(SignInResult.Failed, await TestSignIns.LogInAsync(database, alias, "wrong"));
            }
        }

        Assert.Same(SignInResult.Failed, await TestSignIns.LogInAsync(database, "two@example.org", Password));
        Assert.Equal(3, await database.ReadAsync(context => context.ActivityEvents.CountAsync(item => item.Kind == ActivityKinds.LoginRefused && item.Outcome == "Throttled" && item.SubjectId == user.Id)));
        Assert.True((await TestSignIns.LogInAsync(database, Email, Password)).Succeeded);

        database.Time.Advance(TimeSpan.FromMinutes(15));
        Assert.True((await TestSignIns.LogInAsync(database, "two@example.org", Password)).Succeeded);
    }

    /// <summary>Identity's other ways to check a password would count nothing.</summary>
    [Fact]
    public async Task WaysAroundTheCount_AreClosed()
    {
        await using var database = await TestDatabase.CreateAsync(new TestSignIns().AddTo);
        var user = await MoveAsync(database);
        await using var scope = database.CreateScope();
        var signIn = scope.ServiceProvider.GetRequiredService<SignInManager<AppUser>>();

        await Assert.ThrowsAsync<NotSupportedException>(() => signIn.PasswordSignInAsync(user, Password, isPersistent: false, lockoutOnFailure: true));
        await Assert.ThrowsAsync<NotSupportedException>(() => signIn.CheckPasswordSignInAsync(user, Password, lockoutOnFailure: true));
        Assert.True(await signIn.CanSignInAsync(user));
        user.IsDisabled = true;
        Assert.False(await signIn.CanSignInAsync(user));
    }

    [Fact]
    public async Task Failed_IsNotCountedAsAWrongPassword()
    {
        await using var database = await TestDatabase.CreateAsync(new TestSignIns().AddTo);
        await database.AddCustomDatabaseAsync(MigrationMode.LazyMigration);
        database.Runner.Fail(ScriptKind.Login, ScriptFailureKind.ModuleError);
        for (var i = 0; i < 20; i++)
        {
            // As many tries as somebody has who is here (decision 9); what counts is that the right password is let in afterwards.
            Assert.Equal(i < 10 ? SignInRefusal.TryAgainLater : SignInRefusal.TooManyAttempts, RefusalOf(await TestSignIns.LogInAsync(database, Email, Password)));
        }

        database.Time.Advance(TimeSpan.FromSeconds(10));
        database.Runner.Knows(new Dictionary<string, string> { [Email] = Profile("42", Email) });
        Assert.True((await TestSignIns.LogInAsync(database, Email, Password)).Succeeded);
    }

    [Fact]
    public async Task Outage_EveryRefusalSaysTheSame_UntilHalfAMinuteAfterTheLastFailure()
    {
        await using var database = await TestDatabase.CreateAsync(new TestSignIns().AddTo);
        await MoveAsync(database);
        var answers = new Dictionary<string, string>
        {
            ["blocked@example.org"] = Profile("43", "blocked@example.org", blocked: true),
        };
        database.Runner.Knows(answers);
        Assert.Same(SignInResult.Failed, await TestSignIns.LogInAsync(database, Email, "wrong"));
        Assert.Same(SignInResult.Failed, await TestSignIns.LogInAsync(database, "nobody@example.org", "wrong"));

        database.Runner.Fail(ScriptKind.Login, ScriptFailureKind.TimeLimit);
        Assert.Equal(SignInRefusal.TryAgainLater, RefusalOf(await TestSignIns.LogInAsync(database, "other@example.org", "wrong")));
        database.Runner.Knows(answers);
        database.Time.Advance(TimeSpan.FromSeconds(29));

        foreach (var identifier in new[] { Email, "nobody@example.org", "blocked@example.org", "not an identifier" })
        {
            Assert.Equal(SignInRefusal.TryAgainLater, RefusalOf(await TestSignIns.LogInAsync(database, identifier, Password + "!")));
        }

        Assert.Equal(SignInRefusal.TryAgainLater, RefusalOf(await TestSignIns.LogInAsync(database, "blocked@example.org", Password)));
        Assert.True((await TestSignIns.LogInAsync(database, Email, Password)).Succeeded);

        database.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Same(SignInResult.Failed, await TestSignIns.LogInAsync(database, Email, "wrong"));
        Assert.Equal(SignInRefusal.Blocked, RefusalOf(await TestSignIns.LogInAsync(database, "blocked@example.org", Password)));
    }

    [Fact]
    public async Task EveryPathThatChecksNothing_CostsOneHash()
    {
        var hasher = new CountingHasher();
        await using var database = await TestDatabase.CreateAsync(hasher.AddTo);
        var user = await MoveAsync(database);
        await database.AddAsync(new AppUser { Email = "none@example.org", NormalizedEmail = "none@example.org", IsDisabled = true });
        await TestSignIns.LogInAsync(database, "warm@example.org", "up");
        foreach (var (identifier, password) in new[]
        {
            (Email, "wrong"), ("nobody@example.org", "wrong"), ("none@example.org", "wrong"), ("\u0001", "wrong"), ("other@example.org", new string('x', 5000)),
        })
        {
            var before = hasher.Verified;
            Assert.Same(SignInResult.Failed, await TestSignIns.LogInAsync(database, identifier, password));
            Assert.Equal(before + 1, hasher.Verified);
        }

        await database.ReadAsync(context => context.Users.Where(row => row.Id == user.Id)
            .ExecuteUpdateAsync(update => update.SetProperty(row => row.LockoutEnd, DateTimeOffset.UtcNow.AddHours(1))));
        var checks = hasher.Verified;
        Assert.False((await TestSignIns.LogInAsync(database, Email, Password)).Succeeded);
        Assert.Equal(checks + 1, hasher.Verified);
    }

    private static async Task ExactlyTenChecksAsync(TestDatabase database, CountingHasher hasher, int guesses)
    {
        await MoveAsync(database);
        var before = hasher.Verified;

        var results = await Task.WhenAll(Enumerable.Range(0, guesses).Select(_ => Task.Run(() => TestSignIns.LogInAsync(database, Email, "wrong"))));

        Assert.Equal(10, hasher.Verified - before);
        Assert.Equal(guesses - 10, results.Count(IsThrottled));
        Assert.True(IsThrottled(await TestSignIns.LogInAsync(database, Email, Password)));
    }

    private static async Task<AppUser> MoveAsync(TestDatabase database)
    {
        await database.AddCustomDatabaseAsync(MigrationMode.LazyMigration);
        database.Runner.Knows(new Dictionary<string, string> { [Email] = Profile("42", Email) });
        Assert.True((await TestSignIns.LogInAsync(database, Email, Password)).Succeeded);
        return await database.ReadAsync(context => context.Users.AsNoTracking().SingleAsync());
    }

    private static bool IsThrottled(SignInResult result) => RefusalOf(result) == SignInRefusal.TooManyAttempts;

    private static SignInRefusal? RefusalOf(SignInResult result) => (result as MigratingSignInResult)?.Refusal;

    /// <summary>Counts what is verified; itself it costs nothing.</summary>
    private sealed class CountingHasher : IPasswordHasher<AppUser>
    {
        private int _verified;

        public int Verified => _verified;

        public void AddTo(IServiceCollection services)
        {
            new TestSignIns().AddTo(services);
            services.Replace(ServiceDescriptor.Singleton<IPasswordHasher<AppUser>>(this));
        }

        public string HashPassword(AppUser user, string password) => $"hash of {password}";

        public PasswordVerificationResult VerifyHashedPassword(AppUser user, string hashedPassword, string providedPassword)
        {
            Interlocked.Increment(ref _verified);
            return hashedPassword == $"hash of {providedPassword}" ? PasswordVerificationResult.Success : PasswordVerificationResult.Failed;
        }
    }
}
