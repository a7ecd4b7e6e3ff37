using Microsoft.Extensions.Logging;

namespace LazyMigrate.Core.Outbox;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "Outbox: {Kind} did not work at attempt {Attempt} and is tried again: {Reason}")]
    public static partial void OutboxPostponed(ILogger logger, string kind, int attempt, string reason);

    [LoggerMessage(2, LogLevel.Error, "Outbox: {Kind} is given up after {Attempts} attempts: {Reason}")]
    public static partial void OutboxGivenUp(ILogger logger, string kind, int attempts, string reason);

    [LoggerMessage(3, LogLevel.Warning, "Outbox: {Kind} threw")]
    public static partial void OutboxThrew(ILogger logger, string kind, Exception exception);

    [LoggerMessage(4, LogLevel.Error, "Outbox: nothing could be read; it is tried again in some seconds")]
    public static partial void OutboxStands(ILogger logger, Exception exception);
}
