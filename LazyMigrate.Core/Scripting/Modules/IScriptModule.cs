using System.Text.Json;

namespace LazyMigrate.Core.Scripting.Modules;

/// <summary>Something that <c>require</c> gives: a JavaScript facade, and where it needs one a host part in C#, side by side in one folder.</summary>
internal interface IScriptModule
{
    /// <summary>The names it is required by; the first is its own.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>The facade: <c>(function (kit, module, require) { … })</c>.</summary>
    string Facade { get; }

    /// <summary>Whether the host part only computes. Then it runs where the script runs, so that a script can never occupy the server's processors.</summary>
    bool ComputesOnly => false;

    /// <summary>Begins what the module holds for one run, or null where the facade needs no host part.</summary>
    IModuleSession? OpenSession(ModuleRun run);
}

/// <summary>A module's host part for one run. Disposed at the run's end, whatever the script left open.</summary>
internal interface IModuleSession : IAsyncDisposable
{
    /// <summary>Whether the operation reaches outside, so that it counts against the run's module calls.</summary>
    bool ReachesOutside(string operation);

    /// <summary>Does what the facade asks. Several operations may be under way at once.</summary>
    /// <exception cref="ModuleException">What the script is told.</exception>
    /// <exception cref="ModuleLimitException">The run is over.</exception>
    Task<ModuleAnswer> InvokeAsync(string operation, JsonElement argument);
}

/// <summary>An operation's answer.</summary>
/// <param name="Json">One JSON value.</param>
/// <param name="Rows">Rows read or changed, where that means something.</param>
internal readonly record struct ModuleAnswer(string Json, int? Rows = null)
{
    /// <summary>
    /// What went wrong at the other side although there is an answer, for example <c>HTTP 503</c>: the run then counts as one in
    /// which a module call failed.
    /// </summary>
    public string? Fault { get; init; }

    public static ModuleAnswer Null { get; } = new("null");

    public static ModuleAnswer Text(string text) => new(JsonSerializer.Serialize(text, ModuleJson.Default.String));

    public static ModuleAnswer Boolean(bool value) => new(value ? "true" : "false");

    public static ModuleAnswer Bytes(ReadOnlySpan<byte> bytes) => new($"\"{Convert.ToBase64String(bytes)}\"");
}
