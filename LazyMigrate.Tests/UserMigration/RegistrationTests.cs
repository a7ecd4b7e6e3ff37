using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Core.Users;
using LazyMigrate.Tests.TestServices;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static LazyMigrate.Tests.TestServices.TestSignIns;
using static LazyMigrate.Tests.UserMigration.MigrationStage;

namespace LazyMigrate.Tests.UserMigration;

/// <summary>Registration, row by row of docs/flows.md.</summary>
public sealed class RegistrationTests : IAsyncLifetime
{
    private const string Email = "ada@example.org";

    private TestDatabase _database = null!;

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync(new TestSignIns().AddTo);

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Theory]
    [InlineData(MigrationMode.Off)]
    [InlineData(MigrationMode.LazyMigration)]
    [InlineData(MigrationMode.Frozen)]
    public async Task Row2_KnownHere_AlreadyExistsWithoutScript(MigrationMode mode)
    {
        await _database.AddAsync(new AppUser { Email = Email, NormalizedEmail = Email, Origin = UserOrigin.Registered });
        await _database.AddCustomDatabaseAsync(mode);

        var result = await TestSignIns.RegisterAsync(_database, "ADA@example.org");

        Assert.Equal(["DuplicateEmail"], result.Errors.Select(error => error.Code));
        Assert.Empty(_database.Runner.Requests);
        Assert.Equal(1, await CountUsersAsync());
    }

    [Theory]
    [InlineData(MigrationMode.LazyMigration)]
    [InlineData(MigrationMode.Frozen)]
    public async Task Row3_KnownInLegacy_AlreadyExistsWithHint(MigrationMode mode)
    {
        await _database.AddCustomDatabaseAsync(mode);
        _database.Runner.Knows(new Dictionary<string, string> { [Email] = Profile("42", Email) });

        var result = await TestSignIns.RegisterAsync(_database, "Ada@Example.org");

        Assert.Equal(["DuplicateEmail", MigratingUserManager.KnownInLegacyCode], result.Errors.Select(error => error.Code));
        Assert.Equal(0, await CountUsersAsync());
        Assert.Equal(1, await CountActivityAsync(ActivityKinds.RegisterRefusedLegacy));
    }

    [Theory]
    [InlineData(MigrationMode.LazyMigration, ScriptFailureKind.ModuleError)]
    [InlineData(MigrationMode.LazyMigration, ScriptFailureKind.TimeLimit)]
    [InlineData(MigrationMode.Frozen, ScriptFailureKind.ModuleError)]
    public async Task Row4_LegacyUnknown_FailsClosed(MigrationMode mode, ScriptFailureKind failure)
    {
        await _database.AddCustomDatabaseAsync(mode);
        _database.Runner.Fail(ScriptKind.SearchUser, failure);

        var result = await TestSignIns.RegisterAsync(_database, Email);

        Assert.Equal([MigratingUserManager.LegacyUnavailableCode], result.Errors.Select(error => error.Code));
        Assert.Equal(0, await CountUsersAsync());
    }

    [Fact]
    public async Task Row4_NoScriptPublished_FailsClosed()
    {
        await _database.AddAsync(new CustomDatabase { Name = "shop", Type = CustomDatabaseType.Other, Mode = MigrationMode.LazyMigration });

        var result = await TestSignIns.RegisterAsync(_database, Email);

        Assert.Equal([MigratingUserManager.LegacyUnavailableCode], result.Errors.Select(error => error.Code));
        Assert.Equal(0, await CountUsersAsync());
    }

    [Fact]
    public async Task Row5_FreeInBoth_CreatesLocally()
    {
        await _database.AddCustomDatabaseAsync(MigrationMode.LazyMigration);
        _database.Runner.Knows(new Dictionary<string, string>());

        Assert.True((await TestSignIns.RegisterAsync(_database, Email)).Succeeded);

        var user = await _database.ReadAsync(context => context.Users.SingleAsync());
        Assert.Equal((UserOrigin.Registered, null, Email), (user.Origin, user.LegacyId, user.NormalizedEmail));
        Assert.Equal(1, await CountActivityAsync(ActivityKinds.UserRegistered));
        Assert.True((await TestSignIns.LogInAsync(_database, Email, NewPassword)).Succeeded);
    }

    [Fact]
    public async Task Row6_Off_AsksLocalStoreOnly()
    {
        await _database.AddCustomDatabaseAsync(MigrationMode.Off);

        Assert.True((await TestSignIns.RegisterAsync(_database, Email)).Succeeded);
        Assert.Empty(_database.Runner.Requests);
    }

    [Fact]
    public async Task AllIdentifiers_AreAsked()
    {
        await _database.AddCustomDatabaseAsync(MigrationMode.LazyMigration);
        _database.Runner.Knows(new Dictionary<string, string> { ["+4930901820"] = Profile("42", phone: "+4930901820") });
        await using var scope = _database.CreateScope();

        var result = await scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>()
            .CreateAsync(new AppUser { Email = Email, PhoneNumber = "+49 30 901820" }, NewPassword);

        Assert.Contains(result.Errors, error => error.Code == "DuplicatePhoneNumber");
        Assert.Equal(0, await CountUsersAsync());
    }

    [Theory]
    [InlineData("no-address")]
    [InlineData("a@")]
    [InlineData("a b@example.org")]
    [InlineData("аda@example.org")]
    public async Task MalformedAddress_IsRefusedBeforeAnybodyIsAsked(string email)
    {
        await _database.AddCustomDatabaseAsync(MigrationMode.LazyMigration);

        var result = await TestSignIns.RegisterAsync(_database, email);

        Assert.Equal(["InvalidEmail"], result.Errors.Select(error => error.Code));
        Assert.Empty(_database.Runner.Requests);
        Assert.Equal(0, await CountUsersAsync());
        Assert.Equal(0, await CountActivityAsync(ActivityKinds.UserRegistered));
    }

    [Fact]
    public async Task SimultaneousRegistrations_MakeOneUser()
    {
        await _database.AddCustomDatabaseAsync(MigrationMode.LazyMigration);
        _database.Runner.Knows(new Dictionary<string, string>());

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => TestSignIns.RegisterAsync(_database, Email))));

        Assert.Single(results, result => result.Succeeded);
        Assert.All(results.Where(result => !result.Succeeded), result => Assert.Equal(["DuplicateEmail"], result.Errors.Select(error => error.Code)));
        Assert.Equal(1, await CountUsersAsync());
        Assert.Equal(1, await CountActivityAsync(ActivityKinds.UserRegistered));
    }

    private Task<int> CountUsersAsync() => _database.ReadAsync(context => context.Users.CountAsync());

    private Task<int> CountActivityAsync(string kind) => _database.ReadAsync(context => context.ActivityEvents.CountAsync(item => item.Kind == kind));
}
