using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Contracts;

namespace LazyMigrate.Web.Configuration;

internal static class ScriptExtensions
{
    /// <summary>The runtime of the administrator's scripts.</summary>
    public static void AddScripts(this WebApplicationBuilder builder)
    {
        // Until the runtime is here, scripts fail closed.
        builder.Services.AddSingleton<IScriptRunner, NoScriptRunner>();
        builder.Services.AddSingleton<IScriptContract, NoScriptContract>();
        builder.Services.AddSingleton<IScriptInspector, NoScriptInspector>();
        builder.Services.AddSingleton<ILegacyConnectionTester, NoConnectionTester>();
    }

    private static readonly ScriptFailure s_failure = new(ScriptFailureKind.WorkerLost, "The script runtime is not built in yet.");

    private sealed class NoScriptRunner : IScriptRunner
    {
        public Task<ScriptRunResult> RunAsync(ScriptRunRequest request, IProgress<ScriptConsoleLine>? console, CancellationToken cancellationToken) =>
            Task.FromResult(new ScriptRunResult(new ScriptCompletion.Failed(s_failure), [], [], TimeSpan.Zero));
    }

    private sealed class NoScriptContract : IScriptContract
    {
        public string LoginArguments(LegacyQuery query, string password, ScriptContext context) => "[]";

        public string SearchArguments(LegacyQuery query, ScriptContext context) => "[]";

        public string CountArguments(ScriptContext context) => "[]";

        public LoginOutcome ReadLogin(ScriptRunResult result) => new LoginOutcome.Failed(s_failure);

        public SearchOutcome ReadSearch(ScriptRunResult result) => new SearchOutcome.Failed(s_failure);

        public CountOutcome ReadCount(ScriptRunResult result) => new CountOutcome.Failed(s_failure);
    }

    private sealed class NoScriptInspector : IScriptInspector
    {
        public ScriptInspection Inspect(ScriptKind kind, string source) => new([], [], []);
    }

    private sealed class NoConnectionTester : ILegacyConnectionTester
    {
        public Task<LegacyConnectionTest> TestAsync(LegacyStore store, string connectionUri, LegacyAccess access, CancellationToken cancellationToken) =>
            Task.FromResult<LegacyConnectionTest>(new LegacyConnectionTest.NotConnected("ENOSYS", s_failure.Message));
    }
}
