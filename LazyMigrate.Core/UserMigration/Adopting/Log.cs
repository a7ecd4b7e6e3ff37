using LazyMigrate.Core.CustomDatabases;
using Microsoft.Extensions.Logging;

namespace LazyMigrate.Core.UserMigration.Adopting;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "LazyMigrate: users of the legacy database {Name} are moved by this application (mode {Mode}); scripts run {Place}")]
    public static partial void Started(ILogger logger, string name, MigrationMode mode, string place);

    [LoggerMessage(2, LogLevel.Debug, "LazyMigrate: somebody else's move of the same person, or of the same identifier, was first")]
    public static partial void MoveLost(ILogger logger, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "LazyMigrate: Identity refused to store a user from the legacy database: {Codes}")]
    public static partial void MoveRefused(ILogger logger, string codes);

    [LoggerMessage(4, LogLevel.Error, "LazyMigrate: its own database did not take {Kind}")]
    public static partial void RecordLost(ILogger logger, string kind, Exception exception);

    [LoggerMessage(5, LogLevel.Error, "LazyMigrate: a log-in by somebody who is not here could not be decided")]
    public static partial void LogInUndecided(ILogger logger, Exception exception);

    [LoggerMessage(6, LogLevel.Error, "LazyMigrate: a wish for a new password could not be queued; only whoever is here gets a mail")]
    public static partial void WishLost(ILogger logger, Exception exception);
}
