using LazyMigrate.Core.Scripting.V8;

namespace LazyMigrate.Core.Scripting.Workers;

/// <summary>A run for nobody: once through all of it, so that the first person does not wait for the compiler.</summary>
internal static class WorkerRehearsal
{
    private static readonly ScriptRunRequest s_request = new()
    {
        Kind = ScriptKind.CountUsers,
        Source = "async function countUsers() { await null; return 1; }",
        ArgumentsJson = "[]",
    };

    public static Task RunAsync() => IsolateThread.RunAsync(s_request, new Nobody(), CancellationToken.None);

    private sealed class Nobody : IIsolateHost
    {
        public bool IsRehearsal => true;

        public string? FindFacade(string module, string version) => null;

        public void WriteConsole(ScriptConsoleLevel level, string text)
        {
        }

        public Task<ModuleReply> CallAsync(string module, string operation, string argumentJson) =>
            throw new InvalidOperationException("A rehearsal calls nobody.");
    }
}
