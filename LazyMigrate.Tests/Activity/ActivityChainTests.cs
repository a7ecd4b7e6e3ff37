using System.Data.Common;
using System.Reflection;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Activity.Chain;
using LazyMigrate.Core.Data;
using LazyMigrate.Core.Users.Attempts;
using LazyMigrate.Tests.TestServices;
using LazyMigrate.Web.Cli;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Tests.Activity;

/// <summary>What an attacker who can write to the database, and has no key, can do to the activity, and that it shows.</summary>
public abstract class ActivityChainTests
{
    private readonly EphemeralDataProtectionProvider _protection = new();

    [SkippableFact]
    public async Task Sealed_IsIntact_AndSaysWhereItEnds()
    {
        await using var database = await CreateSealedAsync(5);
        await WriteAsync(database, 2);

        var verification = await VerifyAsync(database);

        Assert.True(verification.IsIntact, verification.FirstBreak?.ToString());
        Assert.Equal((5L, 2L, 0L, 5L), (verification.Checked, verification.Unsealed, verification.AnchorNumber, verification.Head!.Number));
    }

    [SkippableFact]
    public async Task Nothing_IsIntact()
    {
        await using var database = await CreateAsync();

        var verification = await VerifyAsync(database);
        Assert.True(verification.IsIntact);
        Assert.Equal((0L, 0L, 0L), (verification.Checked, verification.Unsealed, verification.Head!.Number));
    }

    [SkippableTheory]
    [InlineData("""UPDATE "ActivityEvents" SET "Outcome" = 'Off' WHERE "SealNumber" = 3""", 3L)]
    [InlineData("""UPDATE "ActivityEvents" SET "ActorName" = NULL WHERE "SealNumber" = 5""", 5L)]
    [InlineData("""UPDATE "ActivityEvents" SET "DurationMilliseconds" = 0 WHERE "SealNumber" = 1""", 1L)]
    [InlineData("""DELETE FROM "ActivityEvents" WHERE "SealNumber" = 2""", 2L)]
    [InlineData("""DELETE FROM "ActivityEvents" WHERE "SealNumber" >= 4""", 4L)]
    [InlineData("""DELETE FROM "ActivityEvents" WHERE "SealNumber" IS NOT NULL""", 1L)]
    [InlineData("""UPDATE "ActivityEvents" SET "SealNumber" = NULL, "Seal" = NULL WHERE "SealNumber" = 2""", 2L)]
    [InlineData("""DELETE FROM "ActivityEvents" WHERE "SealNumber" = 5; UPDATE "ActivityChain" SET "HeadNumber" = 4, "HeadSeal" = (SELECT "Seal" FROM "ActivityEvents" WHERE "SealNumber" = 4)""", 4L)]
    [InlineData("""UPDATE "ActivityChain" SET "AnchorNumber" = 2""", 5L)]
    [InlineData("""DELETE FROM "ActivityChain" """, null)]
    public async Task Altered_ShowsTheFirstPlace(string sql, long? number)
    {
        await using var database = await CreateSealedAsync(5);

        await ExecuteAsync(database, sql);

        var found = (await VerifyAsync(database)).FirstBreak;
        Assert.NotNull(found);
        Assert.Equal(number, found.Number);

        // And goes on showing, whatever the server does afterwards.
        await WriteAsync(database, 1);
        await database.Get<ActivitySealer>().SealDueAsync(default);
        Assert.False((await VerifyAsync(database)).IsIntact);
    }

    [SkippableFact]
    public async Task Swapped_Shows()
    {
        await using var database = await CreateSealedAsync(5);

        await ExecuteAsync(database, """
            UPDATE "ActivityEvents" SET "SealNumber" = 99 WHERE "SealNumber" = 2;
            UPDATE "ActivityEvents" SET "SealNumber" = 2 WHERE "SealNumber" = 4;
            UPDATE "ActivityEvents" SET "SealNumber" = 4 WHERE "SealNumber" = 99
            """);

        Assert.Equal(2, (await VerifyAsync(database)).FirstBreak!.Number);
    }

    [SkippableTheory]
    [InlineData(null)]
    [InlineData(6L)]
    public async Task PutIn_Shows(long? number)
    {
        await using var database = await CreateSealedAsync(5);

        // A copy of another event, also of its signature, under an id of its own.
        await database.ReadAsync(async context =>
        {
            var copy = await context.ActivityEvents.AsNoTracking().SingleAsync(item => item.SealNumber == 3);
            var id = Guid.CreateVersion7();
            return await context.Database.ExecuteSqlAsync($"""
                INSERT INTO "ActivityEvents" ("Id", "Time", "Day", "Kind", "Mac", "SealNumber", "Seal")
                SELECT {id}, "Time", "Day", "Kind", "Mac", {number}, "Seal" FROM "ActivityEvents" WHERE "Id" = {copy.Id}
                """);
        });

        Assert.False((await VerifyAsync(database)).IsIntact);
        await database.Get<ActivitySealer>().SealDueAsync(default);
        Assert.Equal(6, (await VerifyAsync(database)).FirstBreak!.Number);
    }

    [SkippableFact]
    public async Task SetBackAsAWhole_ShowsAgainstAHeadThatWasNoted()
    {
        await using var database = await CreateSealedAsync(3);
        var chain = await database.ReadAsync(context => context.ActivityChains.AsNoTracking().SingleAsync());
        var early = (await VerifyAsync(database)).Head!;
        await WriteAsync(database, 2);
        await database.Get<ActivitySealer>().SealDueAsync(default);
        var noted = (await VerifyAsync(database)).Head!;
        Assert.True((await database.Get<ActivityVerifier>().VerifyAsync(early, default)).IsIntact);

        // As a restored backup would be: right in itself.
        await database.ReadAsync(async context =>
        {
            await context.ActivityEvents.Where(item => item.SealNumber > 3).ExecuteDeleteAsync();
            await context.ActivityChains.ExecuteDeleteAsync();
            context.Add(chain);
            return await context.SaveChangesAsync();
        });

        Assert.True((await VerifyAsync(database)).IsIntact);
        Assert.Equal(5, (await database.Get<ActivityVerifier>().VerifyAsync(noted, default)).FirstBreak!.Number);
    }

    [SkippableFact]
    public async Task HeadMoved_NothingIsSealedOverIt_UntilItIsBegunAnew()
    {
        await using var database = await CreateSealedAsync(5);
        await ExecuteAsync(database, """UPDATE "ActivityChain" SET "HeadNumber" = 4""");
        await WriteAsync(database, 1);
        var sealer = database.Get<ActivitySealer>();

        Assert.NotNull((await sealer.SealDueAsync(default)).Problem);
        Assert.False((await VerifyAsync(database)).IsIntact);

        await sealer.BeginAnewAsync(TestActors.Ada, "Tried out.", default);
        await sealer.SealDueAsync(default);
        var verification = await VerifyAsync(database);
        Assert.True(verification.IsIntact, verification.FirstBreak?.ToString());
        Assert.Equal((1L, 6L), (verification.Checked, verification.AnchorNumber));
        var told = await database.ReadAsync(context => context.ActivityEvents.SingleAsync(item => item.SealNumber == 7));
        Assert.Equal((ActivityKinds.ActivityBegunAnew, "Ada"), (told.Kind, told.ActorName));
        Assert.Contains("Tried out.", told.Detail, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task KeyLost_CannotBeChecked_AndWritersGoOn()
    {
        await using var database = await CreateSealedAsync(3);
        await using var other = await RestartWithOtherKeysAsync(database);

        await WriteAsync(other, 1);

        Assert.Contains("cannot be decrypted", (await other.Get<ActivityVerifier>().VerifyAsync(null, default)).FirstBreak!.Reason, StringComparison.Ordinal);
        Assert.NotNull((await other.Get<ActivitySealer>().SealDueAsync(default)).Problem);
        await other.Get<ActivitySealer>().BeginAnewAsync(TestActors.Ada, "The key was lost.", default);
        await WriteAsync(other, 2);
        Assert.Equal(3, (await other.Get<ActivitySealer>().SealDueAsync(default)).Count);
        Assert.True((await VerifyAsync(other)).IsIntact);
    }

    [SkippableFact]
    public async Task KeyUnreadableOnOneNode_ItMakesNone_AndItsEventsAreNotSigned_WhichIsNotAltered()
    {
        await using var healthy = await CreateSealedAsync(2);
        await using var other = await RestartWithOtherKeysAsync(healthy);
        await WriteAsync(other, 2);
        await WriteAsync(healthy, 1);

        Assert.Equal((1, null), (other.Get<ActivityKeys>().Unreadable, healthy.Get<ActivityKeys>().Unreadable));
        Assert.Equal("activity.1", await healthy.ReadAsync(context => context.StoredKeys.Where(key => key.Name.StartsWith("activity.")).Select(key => key.Name).SingleAsync()));
        Assert.NotNull((await other.Get<ActivitySealer>().SealDueAsync(default)).Problem);
        var before = await VerifyAsync(healthy);
        Assert.Equal((null, 2L, null), (before.FirstBreak, before.UnsignedCount, before.FirstUnsigned!.Number));

        Assert.Equal(3, (await healthy.Get<ActivitySealer>().SealDueAsync(default)).Count);
        var after = await VerifyAsync(healthy);
        Assert.Equal((null, 2L, 3L, 5L), (after.FirstBreak, after.UnsignedCount, after.FirstUnsigned!.Number, after.Checked));
        Assert.False(after.IsIntact);

        // Nor can events of it be taken out: nobody could tell that from a theft.
        await Assert.ThrowsAsync<ActivityKeyUnreadableException>(() => RemoveAsync(other, 1));

        // Once they are sealed, they are what they were then.
        await ExecuteAsync(healthy, """UPDATE "ActivityEvents" SET "Outcome" = 'Off' WHERE "SealNumber" = 4""");
        Assert.Equal(4, (await VerifyAsync(healthy)).FirstBreak!.Number);
    }

    [SkippableFact]
    public async Task BegunAnewWithANewKey_NodesThatRunSignWithIt()
    {
        await using var lost = await CreateSealedAsync(1);
        var shared = new EphemeralDataProtectionProvider();
        await using var running = await JoinAsync(lost, services => services.AddSingleton<IDataProtectionProvider>(shared));
        await using var command = await JoinAsync(lost, services => services.AddSingleton<IDataProtectionProvider>(shared));

        await command.Get<ActivitySealer>().BeginAnewAsync(TestActors.Ada, "The key was lost.", default);
        Assert.Equal(1, running.Get<ActivityKeys>().Unreadable);
        Assert.Equal(1, (await running.Get<ActivitySealer>().SealDueAsync(default)).Count);
        Assert.Null(running.Get<ActivityKeys>().Unreadable);
        await WriteAsync(running, 1);

        var verification = await VerifyAsync(command);
        Assert.True(verification.IsIntact, verification.FirstBreak?.ToString());
        Assert.Equal((1L, 1L), (verification.Checked, verification.Unsealed));
    }

    [SkippableFact]
    public async Task KeysOfOtherNames_AreNone()
    {
        await using var database = await CreateSealedAsync(1);
        await database.AddAsync(StoredKeyOf("activity.old"), StoredKeyOf("activity."), StoredKeyOf("activity.-3"), StoredKeyOf("activity.02"), StoredKeyOf("activity.99999999999"));
        await using var restarted = await JoinAsync(database);

        await WriteAsync(restarted, 1);

        Assert.Null(restarted.Get<ActivityKeys>().Unreadable);
        Assert.True((await VerifyAsync(restarted)).IsIntact);
    }

    [SkippableTheory]
    [InlineData("activity.2")]
    [InlineData("activity.2147483646")]
    public async Task KeyPutIn_ChangesNothing_AndIsNoEndlessLoop(string name)
    {
        await using var database = await CreateSealedAsync(1);
        await database.AddAsync(StoredKeyOf(name));
        await using var restarted = await JoinAsync(database);

        await WriteAsync(restarted, 1);
        await RemoveAsync(restarted, 1);
        Assert.Null(restarted.Get<ActivityKeys>().Unreadable);
        Assert.True((await VerifyAsync(restarted)).IsIntact);

        await using var lost = await RestartWithOtherKeysAsync(database);
        await lost.Get<ActivitySealer>().BeginAnewAsync(TestActors.Ada, "The key was lost.", default);
        await WriteAsync(lost, 1);
        Assert.Equal(name == "activity.2" ? 3 : 2, (await lost.Get<ActivityKeys>().GetAsync(default))!.Number);
        Assert.True((await VerifyAsync(lost)).IsIntact);
    }

    [SkippableFact]
    public async Task ChainWithTheLastNumberOfAll_CannotBeRenewed_AndSaysSo()
    {
        await using var database = await CreateSealedAsync(1);
        await ExecuteAsync(database, $"""UPDATE "ActivityChain" SET "KeyNumber" = {int.MaxValue - 1}""");
        await using var restarted = await JoinAsync(database);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => restarted.Get<ActivitySealer>().BeginAnewAsync(TestActors.Ada, "A drill.", default));

        Assert.Contains("No number is left", exception.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task RemovedAfterAnotherNodeBeganAnewWithANewKey_IsSignedWithTheChains()
    {
        await using var running = await CreateSealedAsync(1);
        await ExecuteAsync(running, """UPDATE "StoredKeys" SET "ProtectedValue" = 'lost' WHERE "Name" = 'activity.1'""");
        await using var command = await JoinAsync(running);
        await command.Get<ActivitySealer>().BeginAnewAsync(TestActors.Ada, "The key was lost.", default);
        await command.Get<ActivitySealer>().SealDueAsync(default);

        await RemoveAsync(running, 2);

        var verification = await VerifyAsync(command);
        Assert.True(verification.IsIntact, verification.FirstBreak?.ToString());
        Assert.Equal(1, verification.Checked);
    }

    [SkippableFact]
    public async Task UnsignedFromLongAgo_IsLeftAsABreak_AndUnsignedOnesAreRemembered()
    {
        await using var database = await CreateSealedAsync(1);
        await using var other = await RestartWithOtherKeysAsync(database);
        await WriteAsync(other, 1);
        Assert.Null(database.Get<ActivitySealer>().LastUnsigned);
        await database.Get<ActivitySealer>().SealDueAsync(default);
        Assert.Equal((1, 2L), (database.Get<ActivitySealer>().LastUnsigned!.Count, database.Get<ActivitySealer>().LastUnsigned!.First.Number));
        Assert.Null((await VerifyAsync(database)).FirstBreak);

        var time = DateTimeOffset.UtcNow.AddHours(-2);
        await other.AddAsync(new ActivityEvent { Id = Guid.CreateVersion7(time), Time = time, Day = DateOnly.FromDateTime(time.UtcDateTime), Kind = ActivityKinds.ModeChanged });
        await database.Get<ActivitySealer>().SealDueAsync(default);

        Assert.Equal((3L, "It was altered, or LazyMigrate did not write it."), ((await VerifyAsync(database)).FirstBreak!.Number, (await VerifyAsync(database)).FirstBreak!.Reason));
    }

    [SkippableFact]
    public async Task ChainAndKeysTakenAway_Shows()
    {
        await using var database = await CreateSealedAsync(2);

        await ExecuteAsync(database, """DELETE FROM "ActivityChain"; DELETE FROM "StoredKeys" WHERE "Name" LIKE 'activity.%'""");

        Assert.Contains("neither a chain nor a key", (await VerifyAsync(database)).FirstBreak!.Reason, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task KeyUnreadable_IsNotChecked_WhichIsNotBroken()
    {
        await using var database = await CreateSealedAsync(1);
        await using var other = await RestartWithOtherKeysAsync(database);

        var verification = await VerifyAsync(other);

        Assert.Equal((false, false, 2), (verification.IsChecked, verification.IsIntact, ActivityCommands.ExitCodeOf(verification)));
        Assert.StartsWith("Not checked: ", ActivityCommands.Describe(verification), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task BegunAnew_WithMoreThanABatchUnsealed_LeavesAllBehind()
    {
        await using var database = await CreateAsync();
        await database.AddAsync([.. Enumerable.Range(0, ActivitySealer.AnewBatchSize + 1).Select(_ => Event(database))]);

        await database.Get<ActivitySealer>().BeginAnewAsync(TestActors.Ada, "A drill.", default);

        var verification = await VerifyAsync(database);
        Assert.Equal((null, ActivitySealer.AnewBatchSize + 1L, 1L), (verification.FirstBreak, verification.AnchorNumber, verification.Unsealed));
    }

    [SkippableFact]
    public async Task RemovedWhileItIsChecked_IsIntact()
    {
        await using var database = await CreateSealedAsync(5);
        var interference = new Interference("\"ActivityRemovals\"", () => RemoveAsync(database, 2, 3));
        await using var other = await JoinAsync(database, services => Interfere(services, interference));

        var verification = await VerifyAsync(other);

        Assert.True(interference.HasHappened);
        Assert.True(verification.IsIntact, verification.FirstBreak?.ToString());
        Assert.Equal((5L, 5L), (verification.Checked, verification.Head!.Number));
        Assert.True((await VerifyAsync(other)).IsIntact);
    }

    [SkippableFact]
    public async Task RolledBack_LeavesNoGap()
    {
        await using var database = await CreateSealedAsync(2);
        await using (var context = await database.Contexts.CreateDbContextAsync())
        {
            await using var transaction = await context.Database.BeginTransactionAsync();
            context.Add(Event(database));
            await context.SaveChangesAsync();
        }

        await WriteAsync(database, 1);
        await database.Get<ActivitySealer>().SealDueAsync(default);

        var verification = await VerifyAsync(database);
        Assert.True(verification.IsIntact);
        Assert.Equal((3L, 3L), (verification.Checked, verification.Head!.Number));
    }

    [SkippableFact]
    public async Task CommittedLate_IsSealedLater()
    {
        await using var database = await CreateSealedAsync(1);
        if (!OnPostgres)
        {
            // SQLite has one writer: nobody can commit in between.
            return;
        }

        await using var context = await database.Contexts.CreateDbContextAsync();
        await using (var transaction = await context.Database.BeginTransactionAsync())
        {
            context.Add(Event(database));
            await context.SaveChangesAsync();
            await WriteAsync(database, 1);
            Assert.Equal(1, (await database.Get<ActivitySealer>().SealDueAsync(default)).Count);
            await transaction.CommitAsync();
        }

        Assert.Equal(1, (await database.Get<ActivitySealer>().SealDueAsync(default)).Count);
        Assert.True((await VerifyAsync(database)).IsIntact);
    }

    [SkippableFact]
    public async Task EarlierVersionsEvents_AreTakenInOnce()
    {
        await using var database = await CreateAsync();
        await WriteAsync(database, 3);

        // As an earlier version left it.
        await ExecuteAsync(database, """UPDATE "ActivityEvents" SET "Mac" = NULL; DELETE FROM "ActivityChain"; DELETE FROM "StoredKeys" WHERE "Name" LIKE 'activity.%'""");
        await using var upgraded = await JoinAsync(database);

        Assert.Equal(3, (await upgraded.Get<ActivitySealer>().SealDueAsync(default)).Count);
        Assert.True((await VerifyAsync(upgraded)).IsIntact);

        await WriteAsync(upgraded, 1);
        await ExecuteAsync(upgraded, """UPDATE "ActivityEvents" SET "Mac" = NULL WHERE "SealNumber" IS NULL""");
        Assert.False((await VerifyAsync(upgraded)).IsIntact);
    }

    [SkippableFact]
    public async Task ChainTakenAwayAsIfThereHadBeenNone_NothingIsSignedAnew()
    {
        await using var database = await CreateSealedAsync(5);
        await ExecuteAsync(database, """
            UPDATE "ActivityEvents" SET "SealNumber" = NULL, "Seal" = NULL, "Mac" = NULL;
            UPDATE "ActivityEvents" SET "Outcome" = 'Off';
            DELETE FROM "ActivityChain"
            """);

        await using var restarted = await JoinAsync(database);
        foreach (var node in new[] { database, restarted })
        {
            Assert.Equal("its head is missing.", (await node.Get<ActivitySealer>().SealDueAsync(default)).Problem);
            Assert.False((await VerifyAsync(node)).IsIntact);
        }
    }

    [SkippableFact]
    public async Task HeadSetBackToAnOlderOne_AServerThatHasSeenMoreDoesNotGoOnFromThere()
    {
        await using var database = await CreateSealedAsync(3);
        var old = await database.ReadAsync(context => context.ActivityChains.AsNoTracking().SingleAsync());
        await WriteAsync(database, 3);
        await database.Get<ActivitySealer>().SealDueAsync(default);

        await database.ReadAsync(async context =>
        {
            await context.ActivityEvents.Where(item => item.SealNumber == 5).ExecuteDeleteAsync();
            await context.ActivityEvents.Where(item => item.SealNumber > 3).ExecuteUpdateAsync(update => update.SetProperty(item => item.SealNumber, (long?)null).SetProperty(item => item.Seal, (byte[]?)null));
            await context.ActivityChains.ExecuteDeleteAsync();
            context.Add(old);
            return await context.SaveChangesAsync();
        });

        var result = await database.Get<ActivitySealer>().SealDueAsync(default);
        Assert.Equal((0, "its head was set back from number 6 to 3."), (result.Count, result.Problem));
    }

    [SkippableFact]
    public async Task RemovedByTheServer_LeavesLinks_AndNothingOfWhatWasSaid()
    {
        await using var database = await CreateSealedAsync(5);
        await RemoveAsync(database, 2, 3, 5);

        var verification = await VerifyAsync(database);
        Assert.True(verification.IsIntact, verification.FirstBreak?.ToString());
        Assert.Equal((5L, 5L), (verification.Checked, verification.Head!.Number));
        await WriteAsync(database, 1);
        Assert.Equal(1, (await database.Get<ActivitySealer>().SealDueAsync(default)).Count);
        Assert.True((await VerifyAsync(database)).IsIntact);

        // A link that somebody makes up for an event they deleted is not signed.
        await ExecuteAsync(database, """
            INSERT INTO "ActivityRemovals" ("Number", "EventId", "EventMac", "Mac") SELECT "SealNumber", "Id", "Mac", "Mac" FROM "ActivityEvents" WHERE "SealNumber" = 4;
            DELETE FROM "ActivityEvents" WHERE "SealNumber" = 4
            """);
        Assert.Equal(4, (await VerifyAsync(database)).FirstBreak!.Number);
    }

    [SkippableFact]
    public async Task Cut_BeginsBehindIt_AndWhatIsLeftHolds()
    {
        await using var database = await CreateSealedAsync(6);
        await RemoveAsync(database, 2);

        Assert.Equal(0, await database.Get<ActivitySealer>().CutAsync(99, default));
        Assert.Equal(3, await database.Get<ActivitySealer>().CutAsync(4, default));
        await WriteAsync(database, 1);
        await database.Get<ActivitySealer>().SealDueAsync(default);

        var verification = await VerifyAsync(database);
        Assert.True(verification.IsIntact, verification.FirstBreak?.ToString());
        Assert.Equal((3L, 4L, 7L), (verification.Checked, verification.AnchorNumber, verification.Head!.Number));
        await ExecuteAsync(database, """DELETE FROM "ActivityEvents" WHERE "SealNumber" = 5""");
        Assert.Equal(5, (await VerifyAsync(database)).FirstBreak!.Number);
    }

    [SkippableFact]
    public async Task SeveralNodes_WriteSealAndVerifyAtOnce_OneChain()
    {
        await using var first = await CreateAsync();
        await using var second = await JoinAsync(first);
        TestDatabase[] nodes = [first, second];
        const int Events = 400;

        using var done = new CancellationTokenSource();
        var sealing = nodes.Select(node => Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                Assert.Null((await node.Get<ActivitySealer>().SealDueAsync(default)).Problem);
                Assert.True((await VerifyAsync(node)).IsIntact);
            }
        })).ToList();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(() => WriteAsync(nodes[writer % 2], Events / 8))));
        await done.CancelAsync();
        await Task.WhenAll(sealing);
        await first.Get<ActivitySealer>().SealDueAsync(default);

        var verification = await VerifyAsync(second);
        Assert.True(verification.IsIntact, verification.FirstBreak?.ToString());
        Assert.Equal((Events, Events), (verification.Checked, verification.Head!.Number));
    }

    [SkippableFact]
    public async Task EveryColumn_IsSigned()
    {
        await using var database = await CreateAsync();
        var key = await database.Get<ActivityKeys>().GetAsync(default);
        var mac = Convert.ToHexString(key!.MacOf(Full()));
        Assert.NotEqual(mac, Convert.ToHexString(key.MacOfUnsigned(Full())));
        var unsigned = (string[])[nameof(ActivityEvent.Mac), nameof(ActivityEvent.SealNumber), nameof(ActivityEvent.Seal)];
        var columns = await database.ReadAsync(context => Task.FromResult(
            context.Model.FindEntityType(typeof(ActivityEvent))!.GetProperties().Select(column => column.PropertyInfo!).Where(property => !unsigned.Contains(property.Name)).ToList()));

        Assert.Equal(15, columns.Count);
        foreach (var column in columns)
        {
            var other = Full();
            column.SetValue(other, Other(column.GetValue(other)!));
            Assert.NotEqual(mac, Convert.ToHexString(key.MacOf(other)));
            if (Nullable.GetUnderlyingType(column.PropertyType) is not null || new NullabilityInfoContext().Create(column).WriteState == NullabilityState.Nullable)
            {
                column.SetValue(other, null);
                Assert.NotEqual(mac, Convert.ToHexString(key.MacOf(other)));
            }
        }
    }

    protected abstract bool OnPostgres { get; }

    protected abstract Task<TestDatabase> CreateAsync(Action<IServiceCollection> configure);

    protected abstract Task<TestDatabase> JoinAsync(TestDatabase other, Action<IServiceCollection> configure);

    private Task<TestDatabase> CreateAsync() => CreateAsync(Protect);

    private Task<TestDatabase> JoinAsync(TestDatabase other) => JoinAsync(other, Protect);

    private void Protect(IServiceCollection services) => services.AddSingleton<IDataProtectionProvider>(_protection);

    /// <summary>The same database, and data-protection keys that are not those of before.</summary>
    private Task<TestDatabase> RestartWithOtherKeysAsync(TestDatabase database) =>
        JoinAsync(database, services => services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider()));

    private static StoredKey StoredKeyOf(string name) => new() { Name = name, ProtectedValue = "nobody's" };

    /// <summary>Another node, into whose work something comes at a place that is known.</summary>
    private protected void Interfere(IServiceCollection services, Interference interference)
    {
        Protect(services);
        services.ConfigureDbContext<SqliteAppDbContext>(options => options.AddInterceptors(interference));
        services.ConfigureDbContext<PostgresAppDbContext>(options => options.AddInterceptors(interference));
    }

    private protected async Task<TestDatabase> CreateSealedAsync(int events)
    {
        var database = await CreateAsync();
        await WriteAsync(database, events);
        Assert.Equal(events, (await database.Get<ActivitySealer>().SealDueAsync(default)).Count);
        return database;
    }

    private protected static async Task WriteAsync(TestDatabase database, int events)
    {
        for (var number = 0; number < events; number++)
        {
            await database.Get<ActivityWriter>().WriteAsync(Event(database), default);
        }
    }

    private static ActivityEvent Event(TestDatabase database) => database.Get<ActivityFactory>()
        .Create(ActivityKinds.ModeChanged, TestActors.Ada, outcome: "LazyMigration", detail: "From Off to 懒迁移 🦥.", duration: TimeSpan.FromMilliseconds(5));

    private protected static Task<ActivityVerification> VerifyAsync(TestDatabase database) => database.Get<ActivityVerifier>().VerifyAsync(null, default);

    private static async Task RemoveAsync(TestDatabase database, params long?[] numbers)
    {
        await using var context = await database.Contexts.CreateDbContextAsync();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await database.Get<ActivityRemover>().RemoveAsync(context, context.ActivityEvents.Where(item => numbers.Contains(item.SealNumber)), default);
        await transaction.CommitAsync();
    }

    private static Task ExecuteAsync(TestDatabase database, string sql) => database.ReadAsync(context => context.Database.ExecuteSqlRawAsync(sql));

    private static ActivityEvent Full() => new()
    {
        Id = new Guid("018f0000-0000-7000-8000-000000000001"),
        Time = DateTimeOffset.UnixEpoch,
        Day = new DateOnly(1970, 1, 1),
        Kind = "kind",
        ActorId = new Guid("018f0000-0000-7000-8000-000000000002"),
        SubjectId = new Guid("018f0000-0000-7000-8000-000000000003"),
        ActorName = "actor",
        SubjectName = "subject",
        Address = "127.0.0.1",
        CustomDatabaseId = new Guid("018f0000-0000-7000-8000-000000000004"),
        ScriptVersionId = new Guid("018f0000-0000-7000-8000-000000000005"),
        DurationMilliseconds = 7,
        Outcome = "outcome",
        Detail = "detail",
        CorrelationId = "correlation",
    };

    private static object Other(object value) => value switch
    {
        string text => text + "x",
        Guid => Guid.NewGuid(),
        DateTimeOffset time => time.AddMilliseconds(1),
        DateOnly day => day.AddDays(1),
        int number => number + 1,
        _ => throw new NotSupportedException(value.GetType().Name),
    };
}

/// <summary>Does something once, right before a statement that has these words in it.</summary>
internal sealed class Interference(string words, Func<Task> act) : DbCommandInterceptor
{
    private int _times;

    public bool HasHappened => _times > 0;

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        if (command.CommandText.Contains(words, StringComparison.OrdinalIgnoreCase) && Interlocked.Increment(ref _times) == 1)
        {
            await act();
        }

        return result;
    }
}

public sealed class SqliteActivityChainTests : ActivityChainTests
{
    protected override bool OnPostgres => false;

    protected override Task<TestDatabase> CreateAsync(Action<IServiceCollection> configure) => TestDatabase.CreateAsync(configure);

    protected override Task<TestDatabase> JoinAsync(TestDatabase other, Action<IServiceCollection> configure) => TestDatabase.JoinAsync(other, configure);
}

[Collection(nameof(PostgresCollection))]
public sealed class PostgresActivityChainTests(PostgresServer server) : ActivityChainTests
{
    protected override bool OnPostgres => true;

    protected override Task<TestDatabase> CreateAsync(Action<IServiceCollection> configure) => TestDatabase.CreateAsync(server, configure);

    protected override Task<TestDatabase> JoinAsync(TestDatabase other, Action<IServiceCollection> configure) => TestDatabase.JoinAsync(other, configure);

    /// <summary>On SQLite there is one writer: its transactions wait for one another from their first statement on.</summary>
    [SkippableFact]
    public async Task BegunAnewWhileAnotherNodeSeals_TheOtherWaits()
    {
        await using var database = await CreateSealedAsync(2);
        await WriteAsync(database, 3);
        Task<SealingResult>? sealing = null;
        var interference = new Interference("max(", async () =>
        {
            sealing = Task.Run(() => database.Get<ActivitySealer>().SealDueAsync(default));
            while (!sealing.IsCompleted && await database.ReadAsync(context => context.Database
                .SqlQuery<int>($"""SELECT count(*)::int AS "Value" FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database()""").SingleAsync()) == 0)
            {
                await Task.Yield();
            }
        });
        await using var other = await JoinAsync(database, services => Interfere(services, interference));

        await other.Get<ActivitySealer>().BeginAnewAsync(TestActors.Ada, "A drill.", default);
        Assert.True(interference.HasHappened);
        await sealing!;
        await database.Get<ActivitySealer>().SealDueAsync(default);

        var verification = await VerifyAsync(database);
        Assert.True(verification.IsIntact, verification.FirstBreak?.ToString());
        Assert.Equal((1L, 5L, 6L), (verification.Checked, verification.AnchorNumber, verification.Head!.Number));
    }
}
