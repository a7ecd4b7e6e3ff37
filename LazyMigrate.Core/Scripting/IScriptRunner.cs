namespace LazyMigrate.Core.Scripting;

/// <summary>Runs one function of a script within its limits. It knows nothing of users.</summary>
public interface IScriptRunner
{
    /// <summary>Runs the function once, in an isolate of its own.</summary>
    /// <remarks>Whatever the script does comes back as a result; only a cancelled <paramref name="cancellationToken"/> throws.</remarks>
    /// <param name="request">The script and all it may use.</param>
    /// <param name="console">Told each console line as it comes, from any thread.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    Task<ScriptRunResult> RunAsync(
        ScriptRunRequest request,
        IProgress<ScriptConsoleLine>? console = null,
        CancellationToken cancellationToken = default);
}
