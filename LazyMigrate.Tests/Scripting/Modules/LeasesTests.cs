using System.Collections.Concurrent;
using System.Text.Json;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Modules;
using Microsoft.Extensions.Logging;

namespace LazyMigrate.Tests.Scripting.Modules;

/// <summary>What a run has left open, at its end.</summary>
public sealed class LeasesTests
{
    [Fact]
    public async Task Ended_OneHangsAndOneFails_TheOthersGoBackAllTheSame()
    {
        var given = new ConcurrentQueue<int>();
        var leases = new Leases<TestLease>(CancellationToken.None);
        var hanging = new TaskCompletionSource();
        await leases.AddAsync(new TestLease(() => hanging.Task));
        await leases.AddAsync(new TestLease(() => throw new InvalidOperationException("The first.")));
        await leases.AddAsync(new TestLease(() => Task.FromException(new InvalidOperationException("The second."))));
        var last = new TaskCompletionSource();
        await leases.AddAsync(new TestLease(() =>
        {
            given.Enqueue(4);
            last.SetResult();
            return Task.CompletedTask;
        }));

        var ending = leases.DisposeAsync().AsTask();
        await last.Task;
        Assert.False(ending.IsCompleted);
        hanging.SetResult();
        var faults = await Assert.ThrowsAsync<AggregateException>(() => ending);

        Assert.Equal(["The first.", "The second."], faults.InnerExceptions.Select(fault => fault.Message).Order());
        Assert.Single(given);
        await leases.DisposeAsync();
    }

    [Fact]
    public async Task Calls_OfSeveralModules_EachFaultIsLoggedOnce_WithoutItsMessage()
    {
        var log = new TestLog();
        var modules = new[] { new TestModule("one"), new TestModule("two"), new TestModule("three", Fails: false) };
        var calls = new ModuleCalls(new ScriptModuleCatalog(modules), Request, log);
        foreach (var module in modules)
        {
            await calls.CallAsync(module.Names[0], "open", "{}");
        }

        await calls.ReleaseAsync(ScriptKind.Login);

        Assert.All(modules, module => Assert.True(module.IsDisposed));
        Assert.Equal(
            Enumerable.Repeat("Error: Something that a Login script left open in the legacy database could not be closed: InvalidDataException, SQL state none", 2),
            log.Lines);
    }

    private static ScriptRunRequest Request => new() { Kind = ScriptKind.Login, Source = "", ArgumentsJson = "[]" };

    private sealed class TestLease(Func<Task> giveBack) : ConnectionLease
    {
        public override async ValueTask GiveBackAsync() => await giveBack();
    }

    private sealed record TestModule(string Name, bool Fails = true) : IScriptModule, IModuleSession
    {
        public bool IsDisposed { get; private set; }

        public IReadOnlyList<string> Names => [Name];

        public string Facade => "";

        public IModuleSession OpenSession(ModuleRun run) => this;

        public bool ReachesOutside(string operation) => false;

        public Task<ModuleAnswer> InvokeAsync(string operation, JsonElement argument) => Task.FromResult(ModuleAnswer.Null);

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return Fails ? throw new InvalidDataException("The value opensesame.") : ValueTask.CompletedTask;
        }
    }

    private sealed class TestLog : ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{logLevel}: {formatter(state, exception)}{exception}");
    }
}
