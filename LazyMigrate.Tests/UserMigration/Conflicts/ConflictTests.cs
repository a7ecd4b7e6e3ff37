using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Core.UserMigration.Conflicts;
using LazyMigrate.Core.UserMigration.Registering;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Administration;
using LazyMigrate.Core.Users.Attempts;
using LazyMigrate.Core.Users.Conflicts;
using LazyMigrate.Tests.TestServices;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static LazyMigrate.Tests.UserMigration.MigrationStage;

namespace LazyMigrate.Tests.UserMigration.Conflicts;

/// <summary>Row 11 of docs/flows.md, and what docs/conflicts.md says of each decision, on both databases.</summary>
[Collection(nameof(PostgresCollection))]
public sealed class ConflictTests(PostgresServer server)
{
    private const string Ada = "ada@example.org";
    private const string Bob = "bob@example.org";
    private const string Phone = "+4930901820";

    private readonly TestSignIns _signIns = new();

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LogIn_PhoneOfSomebodyHere_IsOneConflictThatCounts(bool onPostgres)
    {
        await using var database = await CreateAsync(onPostgres);
        var (custom, bob) = await StageAsync(database);

        Assert.Same(SignInResult.Failed, await TestSignIns.LogInAsync(database, Ada, Password));
        database.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Same(SignInResult.Failed, await TestSignIns.LogInAsync(database, Ada, Password));
        Assert.Same(SignInResult.Failed, await TestSignIns.LogInAsync(database, Ada, "wrong"));

        var conflict = await ConflictAsync(database);
        Assert.Equal((custom.Id, "42", IdentifierKind.Email, Ada), (conflict.CustomDatabaseId, conflict.LegacyId, conflict.IdentifierKind, conflict.Identifier));
        Assert.Equal((Ada, Ada, Phone, "Ada Lovelace"), (conflict.Email, conflict.NormalizedEmail, conflict.NormalizedPhoneNumber, conflict.Name));
        Assert.Equal((ConflictFields.Phone, bob, null), (conflict.Fields, conflict.PhoneOwnerId, conflict.EmailOwnerId));
        Assert.Equal((2, ConflictState.Open, TimeSpan.FromMinutes(1)), (conflict.Count, conflict.State, conflict.LastSeenAt - conflict.FirstSeenAt));
        Assert.Equal(2, (await EventsAsync(database, ActivityKinds.MigrationConflict)).Count);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LogIn_FiftyAtOnce_IsOneRowThatCountsFifty(bool onPostgres)
    {
        // Without the gate, as if each were on a node of its own.
        await using var database = await CreateAsync(onPostgres, services => services.AddScoped<IdentifierGate>());
        await StageAsync(database);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => TestSignIns.LogInAsync(database, Ada, Password))));

        Assert.Equal(50, (await ConflictAsync(database)).Count);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Link_PasswordHere_CountsUnderTheLegacyIdentifiersToo(bool onPostgres)
    {
        await using var database = await CreateAsync(onPostgres);
        var (custom, bob) = await StageAsync(database);
        await database.Get<DatabaseScriptManager>().PublishAsync(ScriptKind.UserMigrated, "async function userMigrated() {}", null, null, ActivityActor.System);
        await TestSignIns.LogInAsync(database, Ada, Password);
        var before = await UserAsync(database, bob);
        var conflict = await ConflictAsync(database);

        Assert.Equal(new UserChange.Done(1), await Manager(database).LinkAsync(conflict.Id, conflict.Stamp, bob, ConflictFields.Phone, TestActors.Ada));

        var after = await UserAsync(database, bob);
        Assert.Equal(("42", custom.Id, UserOrigin.Registered), (after.LegacyId, after.CustomDatabaseId, after.Origin));
        Assert.Equal((before.PasswordHash, before.Email, before.SecurityStamp), (after.PasswordHash, after.Email, after.SecurityStamp));
        Assert.Equal(1, await database.ReadAsync(context => context.OutboxMessages.CountAsync(message => message.Kind == UserMigratedHandler.MessageKind)));

        // Rows 2 and 3: no script, ever again.
        var asked = database.Runner.Requests.Count;
        Assert.False((await TestSignIns.LogInAsync(database, Ada, Password)).Succeeded);
        Assert.True((await TestSignIns.LogInAsync(database, Ada, TestSignIns.NewPassword)).Succeeded);
        Assert.True((await TestSignIns.LogInAsync(database, Bob, TestSignIns.NewPassword)).Succeeded);
        Assert.Equal(asked, database.Runner.Requests.Count);
        Assert.Equal([bob.ToString(), bob.ToString()], _signIns.UserIds);

        conflict = await ConflictAsync(database);
        Assert.Equal((ConflictState.Linked, 1, "Ada", bob), (conflict.State, conflict.Count, conflict.DecidedByName, conflict.UserId));
        var told = Assert.Single(await EventsAsync(database, ActivityKinds.ConflictLinked));
        Assert.Equal((TestActors.Ada.Id, bob, Ada), (told.ActorId, told.SubjectId, told.SubjectName));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Link_NoPasswordHere_GetsTheOldOneAtTheNextLogIn(bool onPostgres)
    {
        await using var database = await CreateAsync(onPostgres);
        var (_, bob) = await StageAsync(database, hasPassword: false);
        await TestSignIns.LogInAsync(database, Ada, Password);
        var conflict = await ConflictAsync(database);

        Assert.Equal(new UserChange.Done(1), await Manager(database).LinkAsync(conflict.Id, conflict.Stamp, bob, ConflictFields.Phone, TestActors.Ada));

        Assert.True((await TestSignIns.LogInAsync(database, Ada, Password)).Succeeded);
        Assert.True((await TestSignIns.LogInAsync(database, Bob, Password)).Succeeded);
        Assert.Equal([bob.ToString(), bob.ToString()], _signIns.UserIds);
    }

    [Fact]
    public async Task Link_LegacyIdentifierChanges_IsKnownFromTheNextLogInOn()
    {
        await using var database = await CreateAsync(onPostgres: false);
        var (_, bob) = await StageAsync(database);
        await TestSignIns.LogInAsync(database, Ada, Password);
        var conflict = await ConflictAsync(database);
        await Manager(database).LinkAsync(conflict.Id, conflict.Stamp, bob, ConflictFields.Phone, TestActors.Ada);
        database.Runner.Knows(new Dictionary<string, string> { ["countess@example.org"] = Profile("42", "countess@example.org", "+4930901821", "king") });

        Assert.Same(SignInResult.Failed, await TestSignIns.LogInAsync(database, "countess@example.org", Password));

        Assert.True((await TestSignIns.LogInAsync(database, "countess@example.org", TestSignIns.NewPassword)).Succeeded);
        Assert.Single(await EventsAsync(database, ActivityKinds.MigrationConflict));
        Assert.Contains(await EventsAsync(database, ActivityKinds.LoginRefused), item => item.Outcome == "Linked");

        // Only what was typed: nothing else of the profile makes anybody known here.
        conflict = await ConflictAsync(database);
        Assert.Equal((1, "countess@example.org", Phone, null), (conflict.Count, conflict.NormalizedEmail, conflict.NormalizedPhoneNumber, conflict.NormalizedUserName));
        var told = Assert.Single(await EventsAsync(database, ActivityKinds.ConflictIdentifierChanged));
        Assert.Equal((bob, $"The e-mail address of the legacy person is countess@example.org now; before: {Ada}. Legacy id 42."), (told.SubjectId, told.Detail));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Linked_IdentifiersOfTheLegacyPerson_NobodyElseCanTake(bool onPostgres)
    {
        await using var database = await CreateAsync(onPostgres);
        var (custom, bob) = await StageAsync(database);
        await database.AddAsync(new AppUser { Email = "eve@example.org", NormalizedEmail = "eve@example.org" });
        await TestSignIns.LogInAsync(database, Ada, Password);
        var conflict = await ConflictAsync(database);
        Assert.Equal(new UserChange.Done(1), await Manager(database).LinkAsync(conflict.Id, conflict.Stamp, bob, ConflictFields.Phone, TestActors.Ada));

        foreach (var mode in (MigrationMode[])[MigrationMode.Off, MigrationMode.Frozen, MigrationMode.LazyMigration])
        {
            await database.ReadAsync(context => context.CustomDatabases.Where(row => row.Id == custom.Id).ExecuteUpdateAsync(update => update.SetProperty(row => row.Mode, mode)));

            // Without the hint to log in with the old password, which is dead.
            Assert.Equal(["DuplicateEmail"], (await TestSignIns.RegisterAsync(database, Ada)).Errors.Select(error => error.Code));
            Assert.Equal(["DuplicateEmail"], (await SetEmailAsync(database, "eve@example.org", Ada)).Errors.Select(error => error.Code));
        }

        // Their own.
        Assert.True((await SetEmailAsync(database, Bob, Ada)).Succeeded);
        Assert.True((await SetEmailAsync(database, Ada, Bob)).Succeeded);

        // A deleted person's identifiers are not free for a stranger, and all of them are at once.
        Assert.Equal(new UserChange.Done(1), await database.Get<UserAdministration>().DeleteAsync([bob], TestActors.Ada));
        await database.ReadAsync(context => context.CustomDatabases.Where(row => row.Id == custom.Id).ExecuteUpdateAsync(update => update.SetProperty(row => row.Mode, MigrationMode.Off)));
        Assert.Equal(["DuplicateEmail"], (await TestSignIns.RegisterAsync(database, Ada)).Errors.Select(error => error.Code));
        Assert.Equal(["DuplicateEmail"], (await TestSignIns.RegisterAsync(database, Bob)).Errors.Select(error => error.Code));
        var stone = await database.ReadAsync(context => context.Tombstones.FirstAsync(stone => stone.NormalizedEmail == Ada));
        Assert.True(await database.Get<TombstoneManager>().LiftAsync(stone.Id, TestActors.Ada));
        Assert.True((await TestSignIns.RegisterAsync(database, Bob)).Succeeded);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Linked_DeletesThemself_LeavesTombstonesOfBoth(bool onPostgres)
    {
        await using var database = await CreateAsync(onPostgres);
        var (_, bob) = await StageAsync(database);
        await TestSignIns.LogInAsync(database, Ada, Password);
        var conflict = await ConflictAsync(database);
        await Manager(database).LinkAsync(conflict.Id, conflict.Stamp, bob, ConflictFields.Phone, TestActors.Ada);

        await using (var scope = database.CreateScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
            Assert.True((await users.DeleteAsync((await users.FindByIdAsync(bob.ToString()))!)).Succeeded);
        }

        Assert.Equal(
            [(Ada, "42"), (Bob, "42")],
            (await database.ReadAsync(context => context.Tombstones.ToListAsync())).Select(stone => (stone.NormalizedEmail, stone.LegacyId)).Order());
        Assert.Equal(0, await database.ReadAsync(context => context.MigrationConflicts.CountAsync()));
    }

    [Fact]
    public async Task Link_AddressThatNobodyProved_IsRefusedUntilConfirmed()
    {
        await using var database = await CreateAsync(onPostgres: false);
        var (_, bob) = await StageAsync(database);
        database.Runner.Knows(new Dictionary<string, string> { ["ada"] = Profile("42", Bob, username: "ada") });
        await TestSignIns.LogInAsync(database, "ada", Password);
        var conflict = await ConflictAsync(database);
        Assert.Equal(ConflictFields.Email, conflict.Fields);

        var refused = Assert.IsType<UserChange.Refused>(await Manager(database).LinkAsync(conflict.Id, conflict.Stamp, bob, ConflictFields.Email, TestActors.Ada));
        Assert.Equal("bob@example.org has not confirmed this address: anybody could have registered with it. Let them confirm it first.", refused.Sentence);

        await database.ReadAsync(context => context.Users.Where(user => user.Id == bob).ExecuteUpdateAsync(update => update.SetProperty(user => user.EmailConfirmed, true)));
        Assert.Equal(new UserChange.Done(1), await Manager(database).LinkAsync(conflict.Id, conflict.Stamp, bob, ConflictFields.Email, TestActors.Ada));
    }

    [Fact]
    public async Task Decide_CollidesOtherwiseThanSeen_IsRefused()
    {
        await using var database = await CreateAsync(onPostgres: false);
        var (_, bob) = await StageAsync(database);
        await TestSignIns.LogInAsync(database, Ada, Password);
        var conflict = await ConflictAsync(database);
        await SetPhoneAsync(database, bob, null);

        Assert.IsType<UserChange.Refused>(await Manager(database).LinkAsync(conflict.Id, conflict.Stamp, bob, ConflictFields.Phone, TestActors.Ada));
        Assert.IsType<UserChange.Refused>(await Manager(database).LinkAsync(conflict.Id, conflict.Stamp, bob, ConflictFields.None, TestActors.Ada));
        Assert.IsType<UserChange.Refused>(await Manager(database).KeepApartAsync(conflict.Id, conflict.Stamp, ConflictFields.Phone, TestActors.Ada));

        Assert.Equal(ConflictState.Open, (await ConflictAsync(database)).State);
        Assert.Null((await UserAsync(database, bob)).LegacyId);
    }

    [Fact]
    public async Task Link_NoPasswordHere_UserMigratedIsToldAtOnce()
    {
        await using var database = await CreateAsync(onPostgres: false);
        var (_, bob) = await StageAsync(database, hasPassword: false);
        await database.Get<DatabaseScriptManager>().PublishAsync(ScriptKind.UserMigrated, "async function userMigrated() {}", null, null, ActivityActor.System);
        await TestSignIns.LogInAsync(database, Ada, Password);
        var conflict = await ConflictAsync(database);

        await Manager(database).LinkAsync(conflict.Id, conflict.Stamp, bob, ConflictFields.Phone, TestActors.Ada);

        Assert.Equal(1, await database.ReadAsync(context => context.OutboxMessages.CountAsync(message => message.Kind == UserMigratedHandler.MessageKind)));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Linked_ReturnedToNotMoved_StaysWithoutTheLink(bool onPostgres)
    {
        await using var database = await CreateAsync(onPostgres);
        var (custom, bob) = await StageAsync(database);
        await TestSignIns.LogInAsync(database, Ada, Password);
        var conflict = await ConflictAsync(database);
        await Manager(database).LinkAsync(conflict.Id, conflict.Stamp, bob, ConflictFields.Phone, TestActors.Ada);
        Assert.Equal(1, await database.Get<UserQueries>().CountMovedAsync(custom.Id));

        Assert.Equal(new UserChange.Done(1), await database.Get<UserAdministration>().ReturnAsync(bob, TestActors.Ada));

        var after = await UserAsync(database, bob);
        Assert.Equal((null, null, null, null), (after.LegacyId, after.CustomDatabaseId, after.MigratedAt, after.MigratedByVersionId));
        Assert.Equal((0, 0), (await database.Get<UserQueries>().CountMovedAsync(null), await database.ReadAsync(context => context.MigrationConflicts.CountAsync())));
        Assert.True((await TestSignIns.LogInAsync(database, Bob, TestSignIns.NewPassword)).Succeeded);
        Assert.Same(SignInResult.Failed, await TestSignIns.LogInAsync(database, Ada, Password));
        Assert.Equal(ConflictState.Open, (await ConflictAsync(database)).State);
    }

    [Theory]
    [InlineData("administrator", "has a role of this console")]
    [InlineData("other legacy id", "has the legacy id 7 already")]
    [InlineData("somebody else has the legacy id", "has this legacy id already")]
    public async Task Link_NotTheirs_IsRefusedWithTheReason(string condition, string reason)
    {
        await using var database = await CreateAsync(onPostgres: false);
        var (custom, bob) = await StageAsync(database);
        switch (condition)
        {
            case "administrator":
                var role = await database.ReadAsync(context => context.Roles.SingleAsync());
                await database.AddAsync(new IdentityUserRole<Guid> { RoleId = role.Id, UserId = bob });
                break;
            case "other legacy id":
                await database.ReadAsync(context => context.Users.Where(user => user.Id == bob).ExecuteUpdateAsync(update => update.SetProperty(user => user.LegacyId, "7").SetProperty(user => user.CustomDatabaseId, custom.Id)));
                break;
            default:
                await database.AddAsync(new AppUser { UserName = "eve", NormalizedUserName = "eve", LegacyId = "42", CustomDatabaseId = custom.Id });
                break;
        }

        await TestSignIns.LogInAsync(database, Ada, Password);
        var conflict = await ConflictAsync(database);

        var refused = Assert.IsType<UserChange.Refused>(await Manager(database).LinkAsync(conflict.Id, conflict.Stamp, bob, ConflictFields.Phone, TestActors.Ada));

        Assert.Contains(reason, refused.Sentence, StringComparison.Ordinal);
        Assert.Equal(ConflictState.Open, (await ConflictAsync(database)).State);
    }

    [Fact]
    public async Task Row5_AnotherLegacyId_CanOnlyBeRejected()
    {
        await using var database = await CreateAsync(onPostgres: false);
        var (custom, _) = await StageAsync(database);
        var existing = new AppUser { Email = Ada, NormalizedEmail = Ada, CustomDatabaseId = custom.Id, LegacyId = "7" };
        await database.AddAsync(existing);

        Assert.Same(SignInResult.Failed, await TestSignIns.LogInAsync(database, Ada, Password));

        var conflict = await ConflictAsync(database);
        Assert.Equal((ConflictFields.Email | ConflictFields.Phone, existing.Id), (conflict.Fields, conflict.EmailOwnerId));
        Assert.IsType<UserChange.Refused>(await Manager(database).LinkAsync(conflict.Id, conflict.Stamp, existing.Id, ConflictFields.Email, TestActors.Ada));
        var refused = Assert.IsType<UserChange.Refused>(await Manager(database).KeepApartAsync(conflict.Id, conflict.Stamp, conflict.Fields, TestActors.Ada));
        Assert.Contains("without it they would be nobody", refused.Sentence, StringComparison.Ordinal);
        Assert.Equal(new UserChange.Done(1), await Manager(database).RejectAsync(conflict.Id, conflict.Stamp, TestActors.Ada));
        Assert.Same(SignInResult.Failed, await TestSignIns.LogInAsync(database, Ada, Password));
        Assert.Equal(1, (await ConflictAsync(database)).Count);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KeepApart_NextLogIn_IsMovedWithoutWhatIsSomebodyElses(bool onPostgres)
    {
        await using var database = await CreateAsync(onPostgres);
        var (_, bob) = await StageAsync(database);
        await TestSignIns.LogInAsync(database, Ada, Password);
        var conflict = await ConflictAsync(database);

        Assert.Equal(new UserChange.Done(1), await Manager(database).KeepApartAsync(conflict.Id, conflict.Stamp, conflict.Fields, TestActors.Ada));

        Assert.True((await TestSignIns.LogInAsync(database, Ada, Password)).Succeeded);
        var ada = await database.ReadAsync(context => context.Users.SingleAsync(user => user.NormalizedEmail == Ada));
        Assert.Equal(("42", null, null), (ada.LegacyId, ada.PhoneNumber, ada.NormalizedPhoneNumber));
        Assert.Equal(Phone, (await UserAsync(database, bob)).NormalizedPhoneNumber);
        Assert.StartsWith("Without their phone number", Assert.Single(await EventsAsync(database, ActivityKinds.UserMigrated)).Detail, StringComparison.Ordinal);
        Assert.Single(await EventsAsync(database, ActivityKinds.ConflictKeptApart));

        // What was decided goes with the user.
        conflict = await ConflictAsync(database);
        Assert.Equal(ada.Id, conflict.UserId);
        Assert.IsType<UserChange.Refused>(await Manager(database).ReopenAsync(conflict.Id, conflict.Stamp, TestActors.Ada));
        await database.Get<UserAdministration>().DeleteAsync([ada.Id], TestActors.Ada);
        Assert.Equal(0, await database.ReadAsync(context => context.MigrationConflicts.CountAsync()));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Row5_NotTheUser_OrNotDecidedYet_IsRefused(bool onPostgres)
    {
        await using var database = await CreateAsync(onPostgres);
        await StageAsync(database);
        var bobby = new AppUser { UserName = "bobby", NormalizedUserName = "bobby" };
        await database.AddAsync(bobby);
        var profile = Profile("42", Ada, username: "bobby");
        database.Runner.Knows(new Dictionary<string, string> { [Ada] = profile, ["bobby"] = profile });
        await TestSignIns.LogInAsync(database, Ada, Password);
        var conflict = await ConflictAsync(database);
        Assert.Equal((ConflictFields.UserName, bobby.Id), (conflict.Fields, conflict.UserNameOwnerId));

        Assert.Same(SignInResult.Failed, await TestSignIns.LogInAsync(database, "bobby", Password));
        Assert.Contains(await EventsAsync(database, ActivityKinds.LoginRefused), item => item.Outcome == "Undecided" && item.SubjectId == bobby.Id);
        Assert.Equal(new UserChange.Done(1), await Manager(database).KeepApartAsync(conflict.Id, conflict.Stamp, conflict.Fields, TestActors.Ada));
        Assert.Same(SignInResult.Failed, await TestSignIns.LogInAsync(database, "bobby", Password));
        Assert.Contains(await EventsAsync(database, ActivityKinds.LoginRefused), item => item.Outcome == "KeptApart" && item.SubjectId == bobby.Id);

        var after = await UserAsync(database, bobby.Id);
        Assert.Equal((null, null), (after.PasswordHash, after.LegacyId));
        Assert.Equal((ConflictState.KeptApart, 1), ((await ConflictAsync(database)).State, (await ConflictAsync(database)).Count));

        // By what is theirs alone they are moved all the same, and after that, too, they are not that user.
        Assert.True((await TestSignIns.LogInAsync(database, Ada, Password)).Succeeded);
        Assert.Same(SignInResult.Failed, await TestSignIns.LogInAsync(database, "bobby", Password));
        Assert.Null((await UserAsync(database, bobby.Id)).PasswordHash);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KeepApart_CollidesElsewhere_IsOpenAgain(bool onPostgres)
    {
        await using var database = await CreateAsync(onPostgres);
        var (_, bob) = await StageAsync(database);
        await TestSignIns.LogInAsync(database, Ada, Password);
        var conflict = await ConflictAsync(database);
        await Manager(database).KeepApartAsync(conflict.Id, conflict.Stamp, conflict.Fields, TestActors.Ada);
        var eve = new AppUser { UserName = "ada", NormalizedUserName = "ada" };
        await database.AddAsync(eve);
        database.Runner.Knows(new Dictionary<string, string> { [Ada] = Profile("42", Ada, Phone, "ada") });

        Assert.Same(SignInResult.Failed, await TestSignIns.LogInAsync(database, Ada, Password));

        conflict = await ConflictAsync(database);
        Assert.Equal((ConflictState.Open, 2, null), (conflict.State, conflict.Count, conflict.DecidedByName));
        Assert.Equal((ConflictFields.Phone | ConflictFields.UserName, bob, eve.Id), (conflict.Fields, conflict.PhoneOwnerId, conflict.UserNameOwnerId));
        await Manager(database).KeepApartAsync(conflict.Id, conflict.Stamp, conflict.Fields, TestActors.Ada);
        Assert.True((await TestSignIns.LogInAsync(database, Ada, Password)).Succeeded);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reject_IsRefusedUntilReopened(bool onPostgres)
    {
        await using var database = await CreateAsync(onPostgres);
        var (custom, bob) = await StageAsync(database);
        await TestSignIns.LogInAsync(database, Ada, Password);
        var conflict = await ConflictAsync(database);

        Assert.Equal(new UserChange.Done(1), await Manager(database).RejectAsync(conflict.Id, conflict.Stamp, TestActors.Ada));

        // Also when nothing collides any more.
        await database.ReadAsync(context => context.Users.Where(user => user.Id == bob).ExecuteUpdateAsync(update => update.SetProperty(user => user.NormalizedPhoneNumber, (string?)null)));
        Assert.Same(SignInResult.Failed, await TestSignIns.LogInAsync(database, Ada, Password));
        Assert.Contains(await EventsAsync(database, ActivityKinds.LoginRefused), item => item.Outcome == "Rejected");
        conflict = await ConflictAsync(database);
        Assert.Equal((ConflictState.Rejected, 1, null), (conflict.State, conflict.Count, conflict.Name));
        await using (var scope = database.CreateScope())
        {
            Assert.False(await scope.ServiceProvider.GetRequiredService<MigratingUserStore>().MayBeMailedAsync(custom.Id, "42", default));
        }

        Assert.Equal(new UserChange.Done(1), await Manager(database).ReopenAsync(conflict.Id, conflict.Stamp, TestActors.Bob with { Id = TestActors.Ada.Id }));
        Assert.True((await TestSignIns.LogInAsync(database, Ada, Password)).Succeeded);

        // Nobody had to decide: it is over.
        Assert.Equal(0, await database.ReadAsync(context => context.MigrationConflicts.CountAsync()));
        Assert.Single(await EventsAsync(database, ActivityKinds.ConflictRejected));
        Assert.Single(await EventsAsync(database, ActivityKinds.ConflictReopened));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Decide_TwoAdministratorsAtOnce_OnlyOneDoes(bool onPostgres)
    {
        await using var database = await CreateAsync(onPostgres);
        var (_, bob) = await StageAsync(database);
        for (var round = 0; round < TestRounds.Of(5); round++)
        {
            await TestSignIns.LogInAsync(database, Ada, Password);
            var conflict = await ConflictAsync(database);

            var changes = await Task.WhenAll(
                Task.Run(() => Manager(database).LinkAsync(conflict.Id, conflict.Stamp, bob, ConflictFields.Phone, TestActors.Ada)),
                Task.Run(() => Manager(database).KeepApartAsync(conflict.Id, conflict.Stamp, conflict.Fields, TestActors.Ada)),
                Task.Run(() => Manager(database).RejectAsync(conflict.Id, conflict.Stamp, TestActors.Ada)));

            Assert.Single(changes.OfType<UserChange.Done>());
            var state = (await ConflictAsync(database)).State;
            Assert.Equal(state == ConflictState.Linked ? "42" : null, (await UserAsync(database, bob)).LegacyId);
            Assert.Single(await database.ReadAsync(context => context.ActivityEvents.Where(item => item.Kind.StartsWith("conflict.")).ToListAsync()));
            await database.ReadAsync(async context =>
                await context.MigrationConflicts.ExecuteDeleteAsync()
                + await context.ActivityEvents.ExecuteDeleteAsync()
                + await context.Users.Where(user => user.Id == bob).ExecuteUpdateAsync(update => update.SetProperty(user => user.LegacyId, (string?)null)));
        }
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reject_AgainstALogInThatMoves_EitherOr(bool onPostgres)
    {
        await using var database = await CreateAsync(onPostgres);
        var (_, bob) = await StageAsync(database);
        for (var round = 0; round < TestRounds.Of(6); round++)
        {
            await SetPhoneAsync(database, bob, Phone);
            await TestSignIns.LogInAsync(database, Ada, Password);
            var conflict = await ConflictAsync(database);
            await SetPhoneAsync(database, bob, null);

            var rejecting = Task.Run(() => Manager(database).RejectAsync(conflict.Id, conflict.Stamp, TestActors.Ada));
            var moving = Task.Run(() => TestSignIns.LogInAsync(database, Ada, Password));
            var (isRejected, isMoved) = (await rejecting is UserChange.Done, (await moving).Succeeded);

            Assert.True(isRejected ^ isMoved);
            Assert.Equal(isRejected ? 1 : 0, await database.ReadAsync(context => context.MigrationConflicts.CountAsync()));
            await database.ReadAsync(async context =>
                await context.MigrationConflicts.ExecuteDeleteAsync() + await context.Users.Where(user => user.NormalizedEmail == Ada).ExecuteDeleteAsync());
        }
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Decide_SeenOtherwise_IsRefused(bool onPostgres)
    {
        await using var database = await CreateAsync(onPostgres);
        var (_, bob) = await StageAsync(database);
        await TestSignIns.LogInAsync(database, Ada, Password);
        var seen = await ConflictAsync(database);
        await database.AddAsync(new AppUser { UserName = "ada", NormalizedUserName = "ada" });
        database.Runner.Knows(new Dictionary<string, string> { [Ada] = Profile("42", Ada, Phone, "ada") });
        await TestSignIns.LogInAsync(database, Ada, Password);

        Assert.IsType<UserChange.Refused>(await Manager(database).KeepApartAsync(seen.Id, seen.Stamp, seen.Fields, TestActors.Ada));
        Assert.IsType<UserChange.Refused>(await Manager(database).LinkAsync(Guid.NewGuid(), seen.Stamp, bob, ConflictFields.Phone, TestActors.Ada));
        var now = await ConflictAsync(database);
        Assert.IsType<UserChange.Refused>(await Manager(database).RejectAsync(now.Id, now.Stamp, TestActors.Bob));
        Assert.Equal(ConflictState.Open, (await ConflictAsync(database)).State);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Removed_UserOrCustomDatabase_TheConflictGoesToo(bool onPostgres)
    {
        await using var database = await CreateAsync(onPostgres);
        var (custom, bob) = await StageAsync(database);
        await TestSignIns.LogInAsync(database, Ada, Password);

        Assert.Equal(new UserChange.Done(1), await database.Get<UserAdministration>().DeleteAsync([bob], TestActors.Ada));
        Assert.Equal(0, await database.ReadAsync(context => context.MigrationConflicts.CountAsync()));

        await database.ReadAsync(context => context.Tombstones.ExecuteDeleteAsync());
        await database.AddAsync(new AppUser { UserName = "eve", NormalizedUserName = "eve", NormalizedPhoneNumber = Phone });
        await TestSignIns.LogInAsync(database, Ada, Password);
        await ConflictAsync(database);
        await database.ReadAsync(context => context.DatabaseScripts.ExecuteUpdateAsync(update => update.SetProperty(script => script.PublishedVersionId, (Guid?)null)));
        await database.ReadAsync(context => context.CustomDatabases.Where(row => row.Id == custom.Id).ExecuteDeleteAsync());
        Assert.Equal(0, await database.ReadAsync(context => context.MigrationConflicts.CountAsync()));
    }

    [Fact]
    public async Task LogIn_DeletedHere_NothingIsKeptOfThem()
    {
        await using var database = await CreateAsync(onPostgres: false);
        var (custom, _) = await StageAsync(database);
        await database.AddAsync(new Tombstone { CustomDatabaseId = custom.Id, LegacyId = "42" });

        Assert.Same(SignInResult.Failed, await TestSignIns.LogInAsync(database, Ada, Password));

        Assert.Equal(0, await database.ReadAsync(context => context.MigrationConflicts.CountAsync()));
    }

    [Fact]
    public async Task Queries_ManyConflicts_ArePagedNewestFirst_WithBothSides()
    {
        await using var database = await CreateAsync(onPostgres: false);
        var (custom, bob) = await StageAsync(database);
        await database.AddAsync([.. Enumerable.Range(0, 12).Select(number => new MigrationConflict
        {
            CustomDatabaseId = custom.Id,
            LegacyId = $"{number}",
            Identifier = $"user{number}",
            IdentifierKind = IdentifierKind.UserName,
            NormalizedPhoneNumber = Phone,
            LastSeenAt = database.Time.GetUtcNow().AddMinutes(number),
            State = number == 11 ? ConflictState.Rejected : ConflictState.Open,
        })]);
        var queries = database.Get<ConflictQueries>();

        Assert.Equal(11, await queries.CountOpenAsync());
        Assert.Equal(new Dictionary<ConflictState, int> { [ConflictState.Open] = 11, [ConflictState.Rejected] = 1 }, await queries.CountAsync());
        Assert.Equal(["10", "9", "8", "7", "6", "5", "4", "3", "2", "1"], (await queries.ListAsync(ConflictState.Open)).Select(reading => reading.Conflict.LegacyId));
        var last = Assert.Single(await queries.ListAsync(ConflictState.Open, page: 1));
        var side = Assert.Single(last.Users);
        Assert.Equal((bob, ConflictFields.Phone, false, true, null), (side.User.Id, side.Fields, side.IsAdministrator, side.HasPassword, side.User.PasswordHash));
        Assert.Null(last.ProblemOfLink(side));
        Assert.Null(last.ProblemOfKeepingApart);
    }

    private static ConflictManager Manager(TestDatabase database) => database.Get<ConflictManager>();

    private static Task<MigrationConflict> ConflictAsync(TestDatabase database) => database.ReadAsync(context => context.MigrationConflicts.AsNoTracking().SingleAsync());

    private static Task<AppUser> UserAsync(TestDatabase database, Guid id) => database.ReadAsync(context => context.Users.AsNoTracking().SingleAsync(user => user.Id == id));

    private static Task<List<ActivityEvent>> EventsAsync(TestDatabase database, string kind) =>
        database.ReadAsync(context => context.ActivityEvents.Where(item => item.Kind == kind).ToListAsync());

    private static Task<int> SetPhoneAsync(TestDatabase database, Guid id, string? phone) =>
        database.ReadAsync(context => context.Users.Where(user => user.Id == id).ExecuteUpdateAsync(update => update.SetProperty(user => user.NormalizedPhoneNumber, phone).SetProperty(user => user.PhoneNumber, phone)));

    private static async Task<IdentityResult> SetEmailAsync(TestDatabase database, string of, string email)
    {
        await using var scope = database.CreateScope();
        var user = await scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>().FindByEmailAsync(of);
        return await scope.ServiceProvider.GetRequiredService<ProfileChange>().SetEmailAsync(user!, email, isConfirmed: true);
    }

    /// <summary>Ada is in the legacy database, Bob is here with the same phone number, and the administrator is there.</summary>
    private static async Task<(CustomDatabase Custom, Guid Bob)> StageAsync(TestDatabase database, bool hasPassword = true)
    {
        var custom = await database.AddCustomDatabaseAsync(MigrationMode.LazyMigration);
        database.Runner.Knows(new Dictionary<string, string> { [Ada] = Profile("42", Ada, Phone) });
        var role = new AppRole(ConsoleRoles.Owner) { NormalizedName = ConsoleRoles.Owner };
        var owner = new AppUser { Id = TestActors.Ada.Id!.Value, UserName = "owner", NormalizedUserName = "owner" };
        await database.AddAsync(role, owner, new IdentityUserRole<Guid> { RoleId = role.Id, UserId = owner.Id });
        Assert.True((await TestSignIns.RegisterAsync(database, Bob)).Succeeded);
        var bob = await database.ReadAsync(context => context.Users.SingleAsync(user => user.NormalizedEmail == Bob));
        await SetPhoneAsync(database, bob.Id, Phone);
        if (!hasPassword)
        {
            await database.ReadAsync(context => context.Users.Where(user => user.Id == bob.Id).ExecuteUpdateAsync(update => update.SetProperty(user => user.PasswordHash, (string?)null)));
        }

        return (custom, bob.Id);
    }

    private Task<TestDatabase> CreateAsync(bool onPostgres, Action<IServiceCollection>? configure = null)
    {
        Action<IServiceCollection> all = services =>
        {
            _signIns.AddTo(services);
            services.Configure<PasswordHasherOptions>(options => options.IterationCount = 100);
            services.Configure<ThrottleOptions>(options => options.AttemptsPerIdentifier = 1_000_000);
            configure?.Invoke(services);
        };
        return onPostgres ? TestDatabase.CreateAsync(server, all) : TestDatabase.CreateAsync(all);
    }
}
