using LazyMigrate.Core.Scripting;
using Microsoft.Extensions.Logging;

namespace LazyMigrate.Core.UserMigration;

internal static partial class Log
{
    [LoggerMessage(4001, LogLevel.Warning, "The legacy database {Name} does not answer ({Failure}). Whoever has not moved cannot log in or register until it does; everybody else can. It is tried again by itself; the activity has the details.")]
    public static partial void LegacyDatabaseAway(ILogger logger, string name, ScriptFailureKind failure);

    [LoggerMessage(4002, LogLevel.Information, "The legacy database {Name} answers again.")]
    public static partial void LegacyDatabaseBack(ILogger logger, string name);

    [LoggerMessage(4003, LogLevel.Warning, "More passwords wait than this server can hash in time: a log-in was told to try again. If it goes on, add processors or nodes.")]
    public static partial void HashingBusy(ILogger logger);
}
