using LazyMigrate.Core.CustomDatabases;

namespace LazyMigrate.Web.Configuration;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "LazyMigrate is ready at {Address}")]
    public static partial void Ready(ILogger logger, string address);

    // The code is no secret of a person's: it can be used once, by whoever reads this log, and only until there is an administrator.
    [LoggerMessage(2, LogLevel.Information, "LazyMigrate is ready. Create the first administrator at {Address} with the one-time code {Code}")]
    public static partial void SetupNeeded(ILogger logger, string address, string code);

    [LoggerMessage(3, LogLevel.Information, "The sample shop is loaded: {People} people")]
    public static partial void SampleLoaded(ILogger logger, int people);

    [LoggerMessage(4, LogLevel.Warning, "The sample shop is not loaded: the custom database {Name} is configured already")]
    public static partial void SampleNotLoaded(ILogger logger, string name);

    [LoggerMessage(5, LogLevel.Information, "The custom database {Name} is provisioned, mode {Mode}")]
    public static partial void Provisioned(ILogger logger, string name, MigrationMode mode);

    [LoggerMessage(6, LogLevel.Warning, "Nothing is provisioned from {Folder}: it differs from what the custom database {Name} was configured with, and what is configured counts. Change it in the console")]
    public static partial void ProvisioningDiffers(ILogger logger, string folder, string name);
}
