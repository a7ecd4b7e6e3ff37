using System.Text;
using System.Text.Json;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Attempts;
using LazyMigrate.Core.Users.SecondFactors;
using LazyMigrate.Tests.TestServices;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using static LazyMigrate.Tests.UserMigration.MigrationStage;

namespace LazyMigrate.Tests.UserMigration;

public sealed class SqliteSecondFactorTests : SecondFactorTests
{
    protected override Task<TestDatabase> CreateAsync(Action<IServiceCollection> configure) => TestDatabase.CreateAsync(configure);
}

[Collection(nameof(PostgresCollection))]
public sealed class PostgresSecondFactorTests(PostgresServer server) : SecondFactorTests
{
    protected override Task<TestDatabase> CreateAsync(Action<IServiceCollection> configure) => TestDatabase.CreateAsync(server, configure);
}

/// <summary>Second factors that people bring with them (docs/flows.md, "Second factor").</summary>
public abstract class SecondFactorTests
{
    private const string Email = "ada@example.org";
    private const string Base32Secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    private static readonly byte[] s_secret = Encoding.ASCII.GetBytes("12345678901234567890");

    private readonly TestSignIns _signIns = new();

    protected abstract Task<TestDatabase> CreateAsync(Action<IServiceCollection> configure);

    [SkippableFact]
    public async Task FirstLogIn_Moves_ThenAsksForTheCode()
    {
        await using var database = await StageAsync();

        Assert.True((await TestSignIns.LogInAsync(database, Email, Password)).RequiresTwoFactor);
        var user = await UserAsync(database);
        Assert.Equal((UserOrigin.Migrated, true), (user.Origin, user.TwoFactorEnabled));
        Assert.Empty(_signIns.UserIds);
        Assert.Null(user.LastLoginAt);

        // Encrypted, and nowhere else.
        var factor = await database.ReadAsync(context => context.TotpFactors.SingleAsync());
        Assert.DoesNotContain(Base32Secret, factor.ProtectedSecret, StringComparison.Ordinal);
        Assert.Equal(s_secret, database.Get<TotpProtector>().TryUnprotect(factor.ProtectedSecret));
        Assert.Equal(0, await database.ReadAsync(context => context.UserTokens.CountAsync()));

        Assert.Same(SignInResult.Failed, await TestSignIns.EnterCodeAsync(database, "000000"));
        Assert.Empty(_signIns.UserIds);
        Assert.True((await TestSignIns.EnterCodeAsync(database, Code(database))).Succeeded);
        Assert.Equal([user.Id.ToString()], _signIns.UserIds);
        Assert.Equal(
            [ActivityKinds.UserMigrated, ActivityKinds.LoginSecondFactor, ActivityKinds.LoginRefused, ActivityKinds.LoginSucceeded],
            await KindsAsync(database));
    }

    [SkippableFact]
    public async Task LaterLogIns_AreLocal_AndAskForTheCode()
    {
        await using var database = await StageAsync();
        await TestSignIns.LogInAsync(database, Email, Password);
        database.Runner.Answer(ScriptKind.Login, "null");

        Assert.True((await TestSignIns.LogInAsync(database, Email, Password)).RequiresTwoFactor);
        Assert.True((await TestSignIns.EnterCodeAsync(database, Code(database))).Succeeded);
        Assert.Same(SignInResult.Failed, await TestSignIns.LogInAsync(database, Email, "wrong"));
    }

    [SkippableFact]
    public async Task EachStep_IsAcceptedOnce_AndNoEarlierOneAfterwards()
    {
        await using var database = await StageAsync();
        await TestSignIns.LogInAsync(database, Email, Password);
        var now = Code(database);
        var before = Code(database, -1);

        Assert.True((await TestSignIns.EnterCodeAsync(database, now)).Succeeded);
        Assert.False((await TestSignIns.EnterCodeAsync(database, now)).Succeeded);
        Assert.False((await TestSignIns.EnterCodeAsync(database, before)).Succeeded);

        database.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.True((await TestSignIns.EnterCodeAsync(database, Code(database))).Succeeded);
    }

    [SkippableFact]
    public async Task SameCode_ManyAtOnce_LetsOneIn()
    {
        await using var database = await StageAsync();
        await TestSignIns.LogInAsync(database, Email, Password);
        for (var round = 0; round < TestRounds.Of(5); round++)
        {
            var code = Code(database);
            var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => TestSignIns.EnterCodeAsync(database, code))));

            Assert.Single(results, result => result.Succeeded);
            database.Time.Advance(TimeSpan.FromMinutes(16));
        }
    }

    [SkippableFact]
    public async Task WrongCodes_AreCounted_ApartFromPasswords()
    {
        await using var database = await StageAsync();
        await TestSignIns.LogInAsync(database, Email, Password);
        for (var attempt = 0; attempt < 10; attempt++)
        {
            Assert.Same(SignInResult.Failed, await TestSignIns.EnterCodeAsync(database, "000000"));
        }

        Assert.Equal(SignInRefusal.TooManyAttempts, Assert.IsType<MigratingSignInResult>(await TestSignIns.EnterCodeAsync(database, Code(database))).Refusal);

        // Whoever knows the password cannot buy more attempts with it.
        Assert.True((await TestSignIns.LogInAsync(database, Email, Password)).RequiresTwoFactor);
        Assert.Equal(SignInRefusal.TooManyAttempts, Assert.IsType<MigratingSignInResult>(await TestSignIns.EnterCodeAsync(database, Code(database))).Refusal);

        database.Time.Advance(TimeSpan.FromMinutes(16));
        Assert.True((await TestSignIns.EnterCodeAsync(database, Code(database))).Succeeded);
    }

    [SkippableFact]
    public async Task WrongCodes_HaveALimitADay_Too_AndUsingItUpIsTold()
    {
        await using var database = await StageAsync();
        await TestSignIns.LogInAsync(database, Email, Password);
        for (var attempt = 0; attempt < 50; attempt++)
        {
            Assert.Same(SignInResult.Failed, await TestSignIns.EnterCodeAsync(database, "000000"));
            database.Time.Advance(attempt % 10 == 9 ? TimeSpan.FromMinutes(16) : TimeSpan.Zero);
        }

        Assert.Equal(SignInRefusal.TooManyCodesToday, Assert.IsType<MigratingSignInResult>(await TestSignIns.EnterCodeAsync(database, Code(database))).Refusal);
        var user = await UserAsync(database);
        var told = await database.ReadAsync(context => context.ActivityEvents.Where(item => item.Kind == ActivityKinds.LoginThrottled).ToListAsync());
        Assert.Equal(Enumerable.Repeat<Guid?>(user.Id, 5), told.Select(item => item.SubjectId));

        database.Time.Advance(TimeSpan.FromDays(1));
        Assert.True((await TestSignIns.EnterCodeAsync(database, Code(database))).Succeeded);
    }

    /// <summary>Whoever knows only the password cannot lock the owner out.</summary>
    [SkippableFact]
    public async Task WrongCodesOfAStranger_TakeNothingFromTheOwnersDevice()
    {
        var device = new OneDevice();
        await using var database = await StageAsync(configure: services => services.Replace(ServiceDescriptor.Singleton<ILoginDevice>(device)));
        await TestSignIns.LogInAsync(database, Email, Password);
        for (var attempt = 0; attempt < 11; attempt++)
        {
            await TestSignIns.EnterCodeAsync(database, "000000");
        }

        Assert.Equal(SignInRefusal.TooManyAttempts, Assert.IsType<MigratingSignInResult>(await TestSignIns.EnterCodeAsync(database, Code(database))).Refusal);
        device.Id = "the owner's";
        for (var attempt = 0; attempt < 9; attempt++)
        {
            Assert.Same(SignInResult.Failed, await TestSignIns.EnterCodeAsync(database, "000000"));
        }

        Assert.True((await TestSignIns.EnterCodeAsync(database, Code(database))).Succeeded);
    }

    [SkippableFact]
    public async Task RightCodes_TakeTheirChargeBack()
    {
        await using var database = await StageAsync();
        await TestSignIns.LogInAsync(database, Email, Password);
        for (var attempt = 0; attempt < 60; attempt++)
        {
            Assert.True((await TestSignIns.EnterCodeAsync(database, Code(database))).Succeeded);
            database.Time.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.All(await database.ReadAsync(context => context.AttemptCounts.AsNoTracking().ToListAsync()), count => Assert.Equal((0, 0), (count.Count, count.Pending)));
    }

    /// <summary>Identity's other ways to give a code are not ways around the limits.</summary>
    [SkippableFact]
    public async Task OtherWaysToGiveACode_AreCounted_OrLetNobodyIn()
    {
        await using var database = await StageAsync();
        await TestSignIns.LogInAsync(database, Email, Password);
        await using (var scope = database.CreateScope())
        {
            scope.ServiceProvider.GetRequiredService<Microsoft.AspNetCore.Http.IHttpContextAccessor>().HttpContext =
                new Microsoft.AspNetCore.Http.DefaultHttpContext { RequestServices = scope.ServiceProvider };
            var signIn = scope.ServiceProvider.GetRequiredService<SignInManager<AppUser>>();
            var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
            var user = (await users.FindByEmailAsync(Email))!;
            var email = await users.GenerateTwoFactorTokenAsync(user, TokenOptions.DefaultEmailProvider);
            var recovery = (await users.GenerateNewTwoFactorRecoveryCodesAsync(user, 1))!.Single();

            Assert.False((await signIn.TwoFactorSignInAsync(TokenOptions.DefaultEmailProvider, email, false, false)).Succeeded);
            Assert.False((await signIn.TwoFactorRecoveryCodeSignInAsync(recovery)).Succeeded);
            Assert.False(await users.VerifyTwoFactorTokenAsync(user, TokenOptions.DefaultAuthenticatorProvider, "000000"));
            for (var attempt = 1; attempt < 10; attempt++)
            {
                Assert.Same(SignInResult.Failed, await signIn.TwoFactorSignInAsync(TokenOptions.DefaultAuthenticatorProvider, "000000", false, false));
            }

            Assert.False(await users.VerifyTwoFactorTokenAsync(user, TokenOptions.DefaultAuthenticatorProvider, Code(database)));
            Assert.Equal(SignInRefusal.TooManyAttempts, Assert.IsType<MigratingSignInResult>(await signIn.TwoFactorSignInAsync(TokenOptions.DefaultAuthenticatorProvider, Code(database), false, false)).Refusal);
        }

        Assert.Empty(_signIns.UserIds);
        database.Time.Advance(TimeSpan.FromMinutes(16));
        Assert.True((await TestSignIns.EnterCodeAsync(database, Code(database))).Succeeded);
    }

    [SkippableFact]
    public async Task PasswordChangedMeanwhile_StartsAgain()
    {
        await using var database = await StageAsync();
        await TestSignIns.LogInAsync(database, Email, Password);
        await using (var scope = database.CreateScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
            var user = (await users.FindByEmailAsync(Email))!;
            Assert.True((await users.ResetPasswordAsync(user, await users.GeneratePasswordResetTokenAsync(user), TestSignIns.NewPassword)).Succeeded);
        }

        Assert.Equal(SignInRefusal.StartAgain, Assert.IsType<MigratingSignInResult>(await TestSignIns.EnterCodeAsync(database, Code(database))).Refusal);

        // A new password does not remove the second factor.
        Assert.True((await TestSignIns.LogInAsync(database, Email, TestSignIns.NewPassword)).RequiresTwoFactor);
        Assert.True((await TestSignIns.EnterCodeAsync(database, Code(database))).Succeeded);
    }

    [SkippableFact]
    public async Task NobodyGaveAPassword_StartsAgain()
    {
        await using var database = await StageAsync();

        Assert.Equal(SignInRefusal.StartAgain, Assert.IsType<MigratingSignInResult>(await TestSignIns.EnterCodeAsync(database, "000000")).Refusal);
    }

    [SkippableFact]
    public async Task DisabledMeanwhile_IsNotLetIn()
    {
        await using var database = await StageAsync();
        await TestSignIns.LogInAsync(database, Email, Password);
        await database.ReadAsync(context => context.Users.ExecuteUpdateAsync(update => update.SetProperty(user => user.IsDisabled, true)));

        Assert.Equal(SignInRefusal.Blocked, Assert.IsType<MigratingSignInResult>(await TestSignIns.EnterCodeAsync(database, Code(database))).Refusal);
        Assert.Empty(_signIns.UserIds);
    }

    /// <summary>Never silently dropped.</summary>
    [SkippableFact]
    public async Task SecretThatCannotBeRead_MovesNobody_AndTheAdministratorIsTold()
    {
        await using var database = await StageAsync("not base 32!");

        Assert.Same(SignInResult.Failed, await TestSignIns.LogInAsync(database, Email, Password));

        Assert.Equal(0, await database.ReadAsync(context => context.Users.CountAsync()));
        var told = await database.ReadAsync(context => context.ActivityEvents.SingleAsync(item => item.Kind != ActivityKinds.ScriptPublished));
        Assert.Equal(ActivityKinds.LegacyProfileInvalid, told.Kind);
        Assert.Contains("TOTP secret", told.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("not base 32!", told.Detail, StringComparison.Ordinal);
    }

    /// <summary>The keys are lost: the person is not let in by the password alone.</summary>
    [SkippableFact]
    public async Task StoredSecretThatCannotBeDecrypted_StillDemandsACode()
    {
        await using var database = await StageAsync();
        await TestSignIns.LogInAsync(database, Email, Password);
        await database.ReadAsync(context => context.TotpFactors.ExecuteUpdateAsync(update => update.SetProperty(factor => factor.ProtectedSecret, "bm90aGluZw==")));

        Assert.True((await TestSignIns.LogInAsync(database, Email, Password)).RequiresTwoFactor);
        Assert.Same(SignInResult.Failed, await TestSignIns.EnterCodeAsync(database, Code(database)));

        await database.ReadAsync(context => context.TotpFactors.ExecuteDeleteAsync());
        Assert.True((await TestSignIns.LogInAsync(database, Email, Password)).RequiresTwoFactor);
    }

    [SkippableFact]
    public async Task ManyFirstLogInsAtOnce_AllAreAsked_OneFactor()
    {
        await using var database = await StageAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => TestSignIns.LogInAsync(database, Email, Password))));

        Assert.All(results, result => Assert.True(result.RequiresTwoFactor));
        Assert.Equal((1, 1), (await database.ReadAsync(context => context.Users.CountAsync()), await database.ReadAsync(context => context.TotpFactors.CountAsync())));
    }

    [SkippableFact]
    public async Task Row5_ExistingUserWithoutPassword_GetsTheFactor()
    {
        await using var database = await StageAsync();
        await database.AddAsync(new AppUser { Email = Email, NormalizedEmail = Email, Origin = UserOrigin.CreatedByAdmin });

        Assert.True((await TestSignIns.LogInAsync(database, Email, Password)).RequiresTwoFactor);
        Assert.True((await TestSignIns.EnterCodeAsync(database, Code(database))).Succeeded);
        Assert.Equal(UserOrigin.CreatedByAdmin, (await UserAsync(database)).Origin);
    }

    [SkippableFact]
    public async Task Row5_ExistingFactor_Stays()
    {
        await using var database = await StageAsync();
        var own = "another secret of 20"u8.ToArray();
        var existing = new AppUser { Email = Email, NormalizedEmail = Email, TwoFactorEnabled = true };
        await database.AddAsync(existing, new TotpFactor { UserId = existing.Id, ProtectedSecret = database.Get<TotpProtector>().Protect(own) });

        Assert.True((await TestSignIns.LogInAsync(database, Email, Password)).RequiresTwoFactor);
        Assert.False((await TestSignIns.EnterCodeAsync(database, Code(database))).Succeeded);
        Assert.True((await TestSignIns.EnterCodeAsync(database, TotpCode.At(own, TotpCode.StepAt(database.Time.GetUtcNow())))).Succeeded);
    }

    /// <summary>What Identity has for setting a factor up works on the encrypted secret.</summary>
    [SkippableFact]
    public async Task IdentitysOwnCalls_SetUpAFactor()
    {
        await using var database = await CreateAsync(_signIns.AddTo);
        await TestSignIns.RegisterAsync(database, Email);
        await using (var scope = database.CreateScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
            var user = (await users.FindByEmailAsync(Email))!;
            Assert.Null(await users.GetAuthenticatorKeyAsync(user));
            Assert.True((await users.ResetAuthenticatorKeyAsync(user)).Succeeded);
            Assert.NotNull(await users.GetAuthenticatorKeyAsync(user));
            Assert.True((await users.SetTwoFactorEnabledAsync(user, true)).Succeeded);
        }

        Assert.Equal(0, await database.ReadAsync(context => context.UserTokens.CountAsync()));
        var secret = database.Get<TotpProtector>().TryUnprotect((await database.ReadAsync(context => context.TotpFactors.SingleAsync())).ProtectedSecret)!;
        Assert.True((await TestSignIns.LogInAsync(database, Email, TestSignIns.NewPassword)).RequiresTwoFactor);
        Assert.True((await TestSignIns.EnterCodeAsync(database, TotpCode.At(secret, TotpCode.StepAt(database.Time.GetUtcNow())))).Succeeded);
    }

    /// <summary>An API that gets password and code together needs no cookie between them.</summary>
    [SkippableFact]
    public async Task PasswordAndCode_InOneRequest_SignIn()
    {
        await using var database = await StageAsync();
        await using var scope = database.CreateScope();
        scope.ServiceProvider.GetRequiredService<Microsoft.AspNetCore.Http.IHttpContextAccessor>().HttpContext =
            new Microsoft.AspNetCore.Http.DefaultHttpContext { RequestServices = scope.ServiceProvider };
        var signIn = scope.ServiceProvider.GetRequiredService<SignInManager<AppUser>>();

        Assert.True((await signIn.PasswordSignInAsync(Email, Password, isPersistent: false, lockoutOnFailure: true)).RequiresTwoFactor);
        Assert.True((await signIn.TwoFactorAuthenticatorSignInAsync(Code(database), isPersistent: false, rememberClient: false)).Succeeded);
    }

    /// <summary>They moved before anybody noted that people have second factors.</summary>
    [SkippableFact]
    public async Task PeopleWhoMovedWithOne_BeforeItWasNoted_AreNotedByTheMigration()
    {
        await using var database = await StageAsync();
        await TestSignIns.LogInAsync(database, Email, Password);
        await using (var context = await database.Contexts.CreateDbContextAsync())
        {
            var migrator = context.GetService<IMigrator>();
            await migrator.MigrateAsync("RolesAndSecondFactors");
            await migrator.MigrateAsync();
        }

        Assert.True((await database.ReadAsync(context => context.CustomDatabases.SingleAsync())).SecondFactorsSeen);
    }

    private static string Code(TestDatabase database, int steps = 0) => TotpCode.At(s_secret, TotpCode.StepAt(database.Time.GetUtcNow()) + steps);

    private async Task<TestDatabase> StageAsync(string secret = Base32Secret, Action<IServiceCollection>? configure = null)
    {
        var database = await CreateAsync(services =>
        {
            _signIns.AddTo(services);
            services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1_000);
            configure?.Invoke(services);
        });
        await database.AddCustomDatabaseAsync(MigrationMode.LazyMigration);
        var profile = JsonSerializer.Serialize(new { id = "42", email = Email, name = "Ada", mfa_factors = new[] { new { totp = new { secret } } } });
        database.Runner.Knows(new Dictionary<string, string> { [Email] = profile });
        return database;
    }

    private static Task<AppUser> UserAsync(TestDatabase database) => database.ReadAsync(context => context.Users.AsNoTracking().SingleAsync());

    private static async Task<IEnumerable<string>> KindsAsync(TestDatabase database) =>
        (await database.ReadAsync(context => context.ActivityEvents.OrderBy(item => item.Id).ToListAsync()))
            .Select(item => item.Kind)
            .Where(kind => kind != ActivityKinds.ScriptPublished);

    /// <summary>One device; known where it has an id.</summary>
    private sealed class OneDevice : ILoginDevice
    {
        public string? Id { get; set; }

        public string? IdFor(UserIdentifier identifier) => Id;

        public void Remember(UserIdentifier identifier)
        {
        }
    }
}
