using LazyMigrate.Core.Scripting.Workers;

namespace LazyMigrate.Web.Cli;

/// <summary>The verbs of the one executable. None means the server.</summary>
/// <remarks>Nothing here may touch the web server: a worker starts in the time that a person waits for.</remarks>
internal static class CommandLine
{
    private static readonly Dictionary<string, Func<string[], Task<int>>> s_verbs = new(StringComparer.Ordinal)
    {
        [ScriptWorker.Verb] = _ => ScriptWorker.RunAsync(),
        [ScriptCommands.Verb] = ScriptCommands.RunAsync,
        [ModuleCommands.Verb] = ModuleCommands.RunAsync,
        [ActivityCommands.Verb] = ActivityCommands.RunAsync,
    };

    /// <summary>The verb that the arguments begin with, or null.</summary>
    public static Func<string[], Task<int>>? FindVerb(string[] arguments) =>
        arguments.Length > 0 ? s_verbs.GetValueOrDefault(arguments[0]) : null;
}
