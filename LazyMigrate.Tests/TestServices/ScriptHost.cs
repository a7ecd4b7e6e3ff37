using System.Collections.Concurrent;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LazyMigrate.Tests.TestServices;

/// <summary>The real script runtime, in process, with short words for what tests do with it.</summary>
public class ScriptHost : IAsyncLifetime, IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _logged = new();
    private readonly ServiceProvider _services;

    public ScriptHost()
        : this(_ => { })
    {
    }

    /// <param name="configure">Replaces a part of the runtime.</param>
    internal ScriptHost(Action<IServiceCollection> configure)
    {
        var services = new ServiceCollection()
            .AddScripting()
            .AddSingleton<ILoggerFactory>(new LoggerFactory([new TestLoggerProvider(_logged)]));
        configure(services);
        _services = services.BuildServiceProvider();
    }

    /// <summary>What was logged, with exceptions.</summary>
    public IReadOnlyCollection<string> Logged => _logged;

    public IScriptRunner Runner => _services.GetRequiredService<IScriptRunner>();

    public IScriptInspector Inspector => _services.GetRequiredService<IScriptInspector>();

    public IScriptContract Contract => _services.GetRequiredService<ScriptContracts>().Of(ScriptDialect.Authing);

    public ScriptContracts Contracts => _services.GetRequiredService<ScriptContracts>();

    public ILegacyConnectionTester Tester => _services.GetRequiredService<ILegacyConnectionTester>();

    public ILegacyPools Pools => _services.GetRequiredService<ILegacyPools>();

    /// <summary>What a test run has less of than a real one, so that limits are reached soon.</summary>
    public static ScriptLimits ShortLimits { get; } = new() { WallTime = TimeSpan.FromSeconds(5) };

    /// <summary>A run of <c>login</c> for ada@example.com with the password "opensesame".</summary>
    public ScriptRunRequest Login(string source) => new()
    {
        Kind = ScriptKind.Login,
        Source = source,
        ArgumentsJson = Contract.LoginArguments(new LegacyQuery { Email = "ada@example.com" }, "opensesame", new ScriptContext { Ip = "192.0.2.7" }),
        Secrets = ["opensesame"],
        Limits = ShortLimits,
    };

    /// <summary>The same run of a script in whichever dialect it is written.</summary>
    public ScriptRunRequest LoginOfAnyDialect(string source)
    {
        var contract = Contracts.For(ScriptKind.Login, source);
        return Login(source) with
        {
            Dialect = contract.Dialect,
            ArgumentsJson = contract.LoginArguments(new LegacyQuery { Email = "ada@example.com" }, "opensesame", new ScriptContext { Ip = "192.0.2.7" }),
        };
    }

    public ScriptRunRequest Search(string source, LegacyQuery? query = null) => Login(source) with
    {
        Kind = ScriptKind.SearchUser,
        ArgumentsJson = Contract.SearchArguments(query ?? new LegacyQuery { Email = "ada@example.com" }, new ScriptContext()),
    };

    public ScriptRunRequest Count(string source) => Login(source) with
    {
        Kind = ScriptKind.CountUsers,
        ArgumentsJson = Contract.CountArguments(new ScriptContext()),
    };

    /// <summary>Runs the body of a <c>login</c> function.</summary>
    public Task<ScriptRunResult> RunBodyAsync(string body, Func<ScriptRunRequest, ScriptRunRequest>? change = null)
    {
        var request = Login($"async function login(query, password, context) {{ {body} }}");
        return Runner.RunAsync(change?.Invoke(request) ?? request);
    }

    /// <summary>Runs the body of a <c>login</c> function that must answer, and gives the answer's JSON.</summary>
    public async Task<string?> AnswerAsync(string body, Func<ScriptRunRequest, ScriptRunRequest>? change = null)
    {
        var result = await RunBodyAsync(body, change);
        if (result.Completion is not ScriptCompletion.Answered answered)
        {
            Assert.Fail($"{result.Completion}\n{string.Join('\n', _logged)}");
            return null;
        }

        return answered.Json;
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    private sealed class TestLoggerProvider(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
