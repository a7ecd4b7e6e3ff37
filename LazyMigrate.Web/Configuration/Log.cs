namespace LazyMigrate.Web.Configuration;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "LazyMigrate is ready at {Address}")]
    public static partial void Ready(ILogger logger, string address);

    // The code is no secret of a person's: it can be used once, by whoever reads this log, and only until there is an administrator.
    [LoggerMessage(2, LogLevel.Information, "LazyMigrate is ready. Create the first administrator at {Address} with the one-time code {Code}")]
    public static partial void SetupNeeded(ILogger logger, string address, string code);
}
