using Microsoft.Extensions.Logging;

namespace LazyMigrate.Core.Activity.Chain;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "Activity: key {Number} cannot be decrypted on this node, so what it writes is not signed. Give it the data-protection keys of the nodes that can (the same LazyMigrate:KeyEncryption; in an application of your own one key ring) and start it again; where they are lost on all nodes, “activity begin-anew” makes a new key (docs/activity.md)")]
    public static partial void ActivityKeyUnreadable(ILogger logger, int number);

    [LoggerMessage(2, LogLevel.Information, "Activity is sealed up to {Number}:{Seal}")]
    public static partial void ActivitySealed(ILogger logger, long number, string seal);

    [LoggerMessage(3, LogLevel.Error, "Activity is not sealed any more: {Problem} Look into it before “activity begin-anew” (docs/activity.md)")]
    public static partial void ActivityNotSealed(ILogger logger, string problem);

    [LoggerMessage(4, LogLevel.Error, "Activity: nothing could be sealed; it is tried again in some seconds")]
    public static partial void ActivitySealingStands(ILogger logger, Exception exception);

    [LoggerMessage(5, LogLevel.Information, "Activity is signed and chained from now on; {Count} events of an earlier version were taken in as they are")]
    public static partial void ActivityAdopted(ILogger logger, int count);

    [LoggerMessage(6, LogLevel.Warning, "Activity: key {Number} cannot be decrypted, and the chain is begun anew: key {Next} takes its place")]
    public static partial void ActivityKeyRenewed(ILogger logger, int number, int next);

    [LoggerMessage(7, LogLevel.Warning, "Activity: {Count} unsigned events were sealed, the first is {EventId} at number {Number}. Where no node reports that it cannot decrypt the key, somebody else wrote them (docs/activity.md)")]
    public static partial void UnsignedSealed(ILogger logger, int count, Guid eventId, long number);

    [LoggerMessage(8, LogLevel.Error, "Activity: {Count} unsigned events claim to be more than an hour older than what is sealed already, the first is {EventId} at number {Number}. They were not written when they say, and are left as a break (docs/activity.md)")]
    public static partial void UnsignedTooOld(ILogger logger, int count, Guid eventId, long number);
}
