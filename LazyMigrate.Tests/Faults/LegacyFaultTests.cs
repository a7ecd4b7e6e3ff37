using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Tests.TestServices;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Tests.Faults;

/// <summary>What the faults of a legacy database are to the people: those who have moved never notice, the others are told to try later, and nothing is stored, charged or asked in vain.</summary>
public abstract class LegacyFaultTests(WorkerScriptHost scripts)
{
    // Long enough for a busy machine to begin the run, and short enough to wait for.
    private static readonly TimeSpan s_shortRun = TimeSpan.FromSeconds(2);

    /// <summary>The fault, how it is made, and how it ends.</summary>
    internal static readonly Dictionary<string, (Func<LegacyFaultTests, FaultStage, Task> Break, Func<LegacyFaultTests, FaultStage, Task> Mend)> Faults = new()
    {
        ["refused"] = (Network(NetworkFault.Refuse), Network(NetworkFault.None)),
        ["black hole"] = (Network(NetworkFault.BlackHole), Network(NetworkFault.None)),
        ["reset"] = (Network(NetworkFault.Reset), Network(NetworkFault.None)),
        ["slow"] = (Network(NetworkFault.Slow), Network(NetworkFault.None)),
        ["half lost"] = (Network(NetworkFault.HalfLost), Network(NetworkFault.None)),
        ["wrong credentials"] = ((test, stage) => test.ChangePasswordAsync(stage, isRight: false), (test, stage) => test.ChangePasswordAsync(stage, isRight: true)),
        ["no table"] = ((test, _) => test.ExecuteAsync("ALTER TABLE users RENAME TO people"), (test, _) => test.ExecuteAsync("ALTER TABLE people RENAME TO users")),
    };

    public static TheoryData<string> FaultNames => [.. Faults.Keys];

    internal abstract Task<FaultStage> StartAsync(IScriptRunner runtime);

    internal abstract Task ExecuteAsync(string sql);

    internal abstract Task SetPasswordAsync(bool isRight);

    internal abstract Task KillConnectionsAsync();

    [SkippableTheory]
    [MemberData(nameof(FaultNames))]
    public async Task Fault_OthersTryLater_MovedPeopleLogIn_OneTrialEndsIt(string fault)
    {
        await using var stage = await StartAsync(scripts.Runner);
        var (breakIt, mendIt) = Faults[fault];
        await breakIt(this, stage);
        stage.Runs.WallTime = s_shortRun;
        var runs = stage.Runs.Started;
        var logged = scripts.Logged.Count;
        await using var beside = new LogInsBeside(stage);

        // Five at once: each run fails, and together they open the breaker.
        var pages = await Task.WhenAll(await stage.BeginLogInsAsync(Enumerable.Range(0, 5)));
        Assert.All(pages, page => Assert.Equal(FaultStage.OutageSentence, page.Alert));
        Assert.Equal(runs + 5, stage.Runs.Started);
        Assert.Equal(LegacyBreakerState.Open, stage.Breaker);

        // Nobody is asked any more; nothing tells who is here.
        var connections = stage.Proxy.Connections;
        pages = await Task.WhenAll(await stage.BeginLogInsAsync(Enumerable.Range(5, 5)));
        Assert.All(pages.Append(await stage.LogInAsync(FaultStage.Moved, "wrong")), page => Assert.Equal(FaultStage.OutageSentence, page.Alert));
        Assert.Equal((runs + 5, connections), (stage.Runs.Started, stage.Proxy.Connections));

        // Ten people were told to try later, and have lost no attempt by it; the wrong password is a wrong password.
        await beside.PauseAsync();
        Assert.Equal(1, await stage.ReadAsync(context => context.Users.CountAsync()));
        Assert.Equal(
            (1, 0, 10),
            await stage.ReadAsync(async context => (
                await context.AttemptCounts.SumAsync(row => row.Count),
                await context.AttemptCounts.SumAsync(row => row.Pending),
                await context.AttemptCounts.SumAsync(row => row.Unanswered))));

        beside.GoOn();

        // The pause is over, and it is not mended: one trial, and the next pause.
        stage.Time.Advance(TimeSpan.FromSeconds(10));
        pages = await Task.WhenAll(await stage.BeginLogInsAsync([0]));
        Assert.Equal(FaultStage.OutageSentence, pages[0].Alert);
        Assert.Equal((runs + 6, LegacyBreakerState.Open), (stage.Runs.Started, stage.Breaker));

        await mendIt(this, stage);
        stage.Runs.WallTime = new ScriptLimits().WallTime;
        await EndsByOneTrialAsync(stage);
        Assert.Equal(0, await beside.EndAsync());

        // What foreign drivers throw at all this stops at their module.
        var faults = string.Join('\n', scripts.Logged.Skip(logged).Where(line => line.Contains("faulted", StringComparison.Ordinal)));
        Assert.True(faults.Length == 0, faults);
    }

    [SkippableFact]
    public async Task ConnectionsKilled_NobodyNotices()
    {
        await using var stage = await StartAsync(scripts.Runner);

        await KillConnectionsAsync();

        Assert.Equal("/", (await stage.LogInAsync(FaultStage.Person(0))).Location);
        Assert.Equal(LegacyBreakerState.Closed, stage.Breaker);
    }

    [SkippableFact]
    public async Task Failover_TheServerIsElsewhere_NobodyNotices()
    {
        await using var stage = await StartAsync(scripts.Runner);
        await using var elsewhere = new FaultyProxy(stage.Proxy.ServerPort);

        stage.Proxy.ServerPort = elsewhere.Port;
        stage.Proxy.Cut();

        Assert.Equal("/", (await stage.LogInAsync(FaultStage.Person(0))).Location);
        Assert.Equal(1, elsewhere.Connections);
    }

    [SkippableFact]
    public async Task CutWhileARunWaits_ThatPersonTriesLater_AndCanAtOnce()
    {
        await using var stage = await StartAsync(scripts.Runner);
        stage.Proxy.Fault = NetworkFault.Hold;
        var runs = stage.Runs.Started;
        var logIn = (await stage.BeginLogInsAsync([0]))[0];
        await WaitUntilAsync(() => stage.Runs.Started > runs);
        stage.Proxy.Fault = NetworkFault.Reset;
        stage.Proxy.Cut();

        Assert.Equal(FaultStage.OutageSentence, (await logIn).Alert);
        stage.Proxy.Fault = NetworkFault.None;
        Assert.Equal("/", (await stage.LogInAsync(FaultStage.Person(0))).Location);
    }

    private static Func<LegacyFaultTests, FaultStage, Task> Network(NetworkFault fault) => (_, stage) =>
    {
        stage.Proxy.Fault = fault;
        if (fault == NetworkFault.None)
        {
            // What was broken in the middle does not become whole again.
            stage.Proxy.Cut();
        }

        return Task.CompletedTask;
    };

    /// <summary>The breaker's time is over: of many people at once one asks, and the others wait no longer than before. Then all is well.</summary>
    private static async Task EndsByOneTrialAsync(FaultStage stage)
    {
        stage.Time.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromMilliseconds(1));
        var runs = stage.Runs.Started;
        Assert.Equal(FaultStage.OutageSentence, (await stage.LogInAsync(FaultStage.Person(10))).Alert);
        Assert.Equal(runs, stage.Runs.Started);

        stage.Time.Advance(TimeSpan.FromMilliseconds(1));
        stage.Proxy.Fault = NetworkFault.Hold;
        var connections = stage.Proxy.Connections;
        var logIns = (await stage.BeginLogInsAsync(Enumerable.Range(10, 20))).ToList();
        for (var left = logIns.Count; left > 1; left--)
        {
            var answered = await Task.WhenAny(logIns);
            logIns.Remove(answered);
            Assert.Equal(FaultStage.OutageSentence, (await answered).Alert);
        }

        Assert.Equal(runs + 1, stage.Runs.Started);
        Assert.InRange(stage.Proxy.Connections, connections, connections + 1);
        stage.Proxy.Fault = NetworkFault.None;
        Assert.Equal("/", (await logIns.Single()).Location);
        Assert.Equal(LegacyBreakerState.Closed, stage.Breaker);

        // No more than the runtime runs at once.
        var pages = await Task.WhenAll(await stage.BeginLogInsAsync(Enumerable.Range(0, 12)));
        Assert.All(pages, page => Assert.Equal("/", page.Location));
        Assert.InRange(await stage.ReadAsync(context => context.Users.CountAsync()), 13, 14);
        stage.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(FaultStage.FailureSentence, (await stage.LogInAsync(FaultStage.Person(35), "wrong")).Alert);
        Assert.Equal(FaultStage.FailureSentence, (await stage.LogInAsync(FaultStage.Moved, "wrong")).Alert);
    }

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(5);
        }
    }

    private async Task ChangePasswordAsync(FaultStage stage, bool isRight)
    {
        await SetPasswordAsync(isRight);
        stage.Proxy.Cut();
    }

    /// <summary>Somebody who has moved logs in again and again.</summary>
    private sealed class LogInsBeside : IAsyncDisposable
    {
        private readonly CancellationTokenSource _done = new();
        private readonly SemaphoreSlim _turn = new(1);
        private readonly Task<int> _logIns;

        public LogInsBeside(FaultStage stage) => _logIns = Task.Run(() => LogInAsync(stage));

        /// <summary>Until <see cref="GoOn"/> none is under way.</summary>
        public Task PauseAsync() => _turn.WaitAsync();

        public void GoOn() => _turn.Release();

        /// <returns>How many went wrong.</returns>
        public async Task<int> EndAsync()
        {
            await _done.CancelAsync();
            return await _logIns;
        }

        public async ValueTask DisposeAsync()
        {
            if (!_logIns.IsCompleted)
            {
                _turn.Release();
                await EndAsync();
            }

            _done.Dispose();
            _turn.Dispose();
        }

        private async Task<int> LogInAsync(FaultStage stage)
        {
            var wrong = 0;
            while (!_done.IsCancellationRequested)
            {
                await _turn.WaitAsync();
                wrong += (await stage.LogInAsync(FaultStage.Moved)).Location == "/" ? 0 : 1;
                _turn.Release();
            }

            return wrong;
        }
    }
}

[Collection(nameof(PostgresCollection))]
public sealed class PostgresFaultTests(PostgresServer server, WorkerScriptHost scripts) : LegacyFaultTests(scripts), IClassFixture<WorkerScriptHost>
{
    private readonly string _database = $"legacy_{Guid.NewGuid():N}";
    private readonly string _role = $"shop_{Guid.NewGuid():N}";

    internal override async Task<FaultStage> StartAsync(IScriptRunner runtime)
    {
        Skip.IfNot(PostgresServer.IsAvailable(out var reason), reason);
        await server.CreateDatabaseAsync(_database);
        await server.ExecuteAsync(_database, $"{FaultStage.People} CREATE ROLE {_role} LOGIN PASSWORD 'right'; GRANT SELECT ON users TO {_role};");
        return await FaultStage.StartAsync(runtime, server.Port, CustomDatabaseType.Postgres, LegacyStore.Postgres, port => $"postgres://{_role}:right@127.0.0.1:{port}/{_database}");
    }

    internal override Task ExecuteAsync(string sql) => server.ExecuteAsync(_database, sql);

    internal override Task SetPasswordAsync(bool isRight) => ExecuteAsync($"ALTER ROLE {_role} PASSWORD '{(isRight ? "right" : "another")}'");

    internal override Task KillConnectionsAsync() => ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{_role}'");
}

[Collection(nameof(MariaDbCollection))]
public sealed class MariaDbFaultTests(MariaDbServer server, WorkerScriptHost scripts) : LegacyFaultTests(scripts), IClassFixture<WorkerScriptHost>
{
    private readonly string _database = $"legacy_{Guid.NewGuid():N}";
    private readonly string _user = $"shop_{Guid.NewGuid():N}";

    internal override async Task<FaultStage> StartAsync(IScriptRunner runtime)
    {
        Skip.IfNot(MariaDbServer.IsAvailable(out var reason), reason);
        await server.CreateDatabaseAsync(_database);
        await server.ExecuteAsync(_database, $"{FaultStage.People} CREATE USER '{_user}'@'%' IDENTIFIED BY 'right'; GRANT SELECT ON {_database}.* TO '{_user}'@'%';");
        return await FaultStage.StartAsync(runtime, server.Port, CustomDatabaseType.MySql, LegacyStore.MySql, port => $"mysql://{_user}:right@127.0.0.1:{port}/{_database}");
    }

    internal override Task ExecuteAsync(string sql) => server.ExecuteAsync(_database, sql);

    internal override Task SetPasswordAsync(bool isRight) => ExecuteAsync($"ALTER USER '{_user}'@'%' IDENTIFIED BY '{(isRight ? "right" : "another")}'");

    internal override async Task KillConnectionsAsync() => await ExecuteAsync($"KILL USER '{_user}'");
}
