using System.Reflection;
using System.Runtime.CompilerServices;

namespace LazyMigrate.Core.Scripting.Workers;

/// <summary>The line by which an application's program is also a worker's: then its scripts run in processes of their own.</summary>
public static class ScriptWorkerEntry
{
    /// <summary>How the application starts itself as a worker; null while it has not said that it can.</summary>
    internal static WorkerCommand? Command { get; private set; }

    /// <summary>To be the first line of <c>Program.cs</c>: <c>if (await ScriptWorkerEntry.RunIfRequestedAsync(args)) { return; }</c></summary>
    /// <returns>Whether this process was a worker, and has ended its work.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Task<bool> RunIfRequestedAsync(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);

        // The caller's, not the entry assembly: a test host is not the application.
        Command = WorkerCommand.ForAssembly(Assembly.GetCallingAssembly().Location);
        return ScriptWorker.IsRequested(args) ? RunAsync() : Task.FromResult(false);
    }

    private static async Task<bool> RunAsync()
    {
        await ScriptWorker.RunAsync().ConfigureAwait(false);
        return true;
    }
}
