using Xunit.Abstractions;
using Xunit.Sdk;

namespace LazyMigrate.Tests.TestServices;

/// <summary>Prints once why tests are skipped: the console of <c>dotnet test</c> names skipped tests, but not their reasons.</summary>
internal static class SkipNotice
{
    public static void Print(IMessageSink messages, string reason) =>
        messages.OnMessage(new DiagnosticMessage($"Tests are skipped. {reason}"));
}
