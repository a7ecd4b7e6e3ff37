using System.Globalization;

namespace LazyMigrate.Tests.TestServices;

/// <summary>How often a race is tried: a few times in the suite, and as often as <c>LAZYMIGRATE_TEST_ROUNDS</c> says where somebody has the time.</summary>
internal static class TestRounds
{
    /// <param name="usual">The number without the variable.</param>
    public static int Of(int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable("LAZYMIGRATE_TEST_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? Math.Max(rounds, usual) : usual;
}
