using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Tests.TestServices;

/// <summary>The real script runtime, in process, with short words for what tests do with it.</summary>
public sealed class ScriptHost : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddScripting().BuildServiceProvider();

    public IScriptRunner Runner => _services.GetRequiredService<IScriptRunner>();

    public IScriptInspector Inspector => _services.GetRequiredService<IScriptInspector>();

    public IScriptContract Contract => _services.GetRequiredService<IScriptContract>();

    public ILegacyConnectionTester Tester => _services.GetRequiredService<ILegacyConnectionTester>();

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
        return Assert.IsType<ScriptCompletion.Answered>(result.Completion).Json;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
