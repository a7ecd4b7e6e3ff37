using Xunit.Abstractions;

namespace LazyMigrate.Tests.TestServices;

/// <summary>Says once why nothing is compared with the npm packages, where that is so.</summary>
public sealed class OriginalsNotice
{
    public OriginalsNotice(IMessageSink messages)
    {
        if (!ConformanceSuite.IsAvailable(out var reason, "pg"))
        {
            SkipNotice.Print(messages, reason);
        }
    }
}
