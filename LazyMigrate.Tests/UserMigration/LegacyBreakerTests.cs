using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Tests.TestServices;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using static LazyMigrate.Tests.UserMigration.MigrationStage;

namespace LazyMigrate.Tests.UserMigration;

public sealed class LegacyBreakerTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Guid _id = Guid.NewGuid();
    private readonly LegacyBreaker _breaker;

    public LegacyBreakerTests() => _breaker = new LegacyBreaker(_time, Options.Create(new LegacyBreakerOptions()));

    [Fact]
    public void FourFailures_StaysClosed_FifthOpens()
    {
        Fail(4);
        Assert.True(_breaker.TryEnter(_id));
        Fail(1);

        Assert.False(_breaker.TryEnter(_id));
        Assert.Equal(LegacyBreakerState.Open, _breaker.StateOf(_id));
        Assert.True(_breaker.TryEnter(Guid.NewGuid()));
    }

    [Fact]
    public void Report_TellsWhatItChanged_Once()
    {
        Fail(4);
        Assert.Equal(LegacyBreakerChange.Opened, _breaker.Report(_id, hasFailed: true));
        Assert.Equal(LegacyBreakerChange.None, _breaker.Report(_id, hasFailed: true));

        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(_breaker.TryEnter(_id));
        Assert.Equal(LegacyBreakerChange.None, _breaker.Report(_id, hasFailed: true));

        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(_breaker.TryEnter(_id));
        Assert.Equal(LegacyBreakerChange.Closed, _breaker.Report(_id, hasFailed: false));
        Assert.Equal(LegacyBreakerChange.None, _breaker.Report(_id, hasFailed: false));
    }

    [Fact]
    public void FailuresFarApart_StayClosed()
    {
        for (var failure = 0; failure < 20; failure++)
        {
            Fail(1);
            _time.Advance(TimeSpan.FromSeconds(3));
        }

        Assert.Equal(LegacyBreakerState.Closed, _breaker.StateOf(_id));
    }

    [Fact]
    public void AfterThePause_OneTrial_WhoseSuccessCloses()
    {
        Fail(5);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(LegacyBreakerState.HalfOpen, _breaker.StateOf(_id));

        Assert.True(_breaker.TryEnter(_id));
        Assert.False(_breaker.TryEnter(_id));
        _breaker.Report(_id, hasFailed: false);

        Assert.Equal(LegacyBreakerState.Closed, _breaker.StateOf(_id));
        Assert.True(_breaker.TryEnter(_id));
        Assert.True(_breaker.TryEnter(_id));
    }

    [Fact]
    public void AfterThePause_FailedTrial_OpensAgain()
    {
        Fail(5);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(_breaker.TryEnter(_id));
        _breaker.Report(_id, hasFailed: true);

        Assert.False(_breaker.TryEnter(_id));
        Assert.Equal(LegacyBreakerState.Open, _breaker.StateOf(_id));
    }

    [Fact]
    public void Withdrawn_OnlyTheTrialGivesWay()
    {
        Assert.True(_breaker.TryEnter(_id, out var earlier));
        Fail(5);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(_breaker.TryEnter(_id, out var trial));
        Assert.Equal((false, true), (earlier, trial));

        _breaker.Withdraw(_id, earlier);
        Assert.False(_breaker.TryEnter(_id));
        _breaker.Withdraw(_id, trial);
        Assert.True(_breaker.TryEnter(_id));
    }

    [Fact]
    public void TrialThatNeverReports_GivesWay()
    {
        Fail(5);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(_breaker.TryEnter(_id));
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.True(_breaker.TryEnter(_id));
    }

    [Fact]
    public async Task LogIns_DuringAnOutage_StopAskingAndRecover_MovedPeopleNeverNotice()
    {
        await using var database = await TestDatabase.CreateAsync(new TestSignIns().AddTo);
        await database.AddCustomDatabaseAsync(MigrationMode.LazyMigration);
        var people = new Dictionary<string, string> { ["ada@example.org"] = Profile("1", "ada@example.org"), ["bob@example.org"] = Profile("2", "bob@example.org") };
        database.Runner.Knows(people);
        Assert.True((await TestSignIns.LogInAsync(database, "ada@example.org", Password)).Succeeded);

        database.Runner.Fail(ScriptKind.Login, ScriptFailureKind.ModuleError);
        var before = database.Runner.Requests.Count;
        for (var attempt = 0; attempt < 20; attempt++)
        {
            Assert.IsType<MigratingSignInResult>(await TestSignIns.LogInAsync(database, $"person{attempt}@example.org", Password));
            Assert.True((await TestSignIns.LogInAsync(database, "ada@example.org", Password)).Succeeded);
        }

        Assert.Equal(before + 5, database.Runner.Requests.Count);

        database.Runner.Knows(people);
        database.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.True((await TestSignIns.LogInAsync(database, "bob@example.org", Password)).Succeeded);
    }

    private void Fail(int times)
    {
        for (var failure = 0; failure < times; failure++)
        {
            Assert.True(_breaker.TryEnter(_id));
            _breaker.Report(_id, hasFailed: true);
        }
    }
}
