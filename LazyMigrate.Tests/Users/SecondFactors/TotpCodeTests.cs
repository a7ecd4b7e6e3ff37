using System.Text;
using LazyMigrate.Core.Users.SecondFactors;

namespace LazyMigrate.Tests.Users.SecondFactors;

public sealed class TotpCodeTests
{
    private static readonly byte[] s_secret = Encoding.ASCII.GetBytes("12345678901234567890");

    /// <summary>RFC 6238, appendix B, SHA-1: the last six of its eight digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void At_Rfc6238_Vectors(long seconds, string expected) =>
        Assert.Equal(expected, TotpCode.At(s_secret, TotpCode.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))));

    /// <summary>RFC 4226, appendix D.</summary>
    [Fact]
    public void At_Rfc4226_Vectors() => Assert.Equal(
        ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"],
        Enumerable.Range(0, 10).Select(counter => TotpCode.At(s_secret, counter)));

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void FindStep_Tolerance_IsOneStepEitherWay(int distance, bool isFound)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1111111111);
        var step = TotpCode.StepAt(now) + distance;

        Assert.Equal(isFound ? step : null, TotpCode.FindStep(s_secret, TotpCode.At(s_secret, step), now, after: 0));
        Assert.Null(TotpCode.FindStep(s_secret, TotpCode.At(s_secret, step), now, after: step));
    }

    [Theory]
    [InlineData(" 050 471\t", true)]
    [InlineData("", false)]
    [InlineData("50471", false)]
    [InlineData("0504711", false)]
    [InlineData("０５０４７１", false)]
    [InlineData("05047a", false)]
    public void FindStep_Typed_SpacesDoNotMatter(string typed, bool isFound) =>
        Assert.Equal(isFound, TotpCode.FindStep(s_secret, typed, DateTimeOffset.FromUnixTimeSeconds(1111111111), after: 0) is not null);
}
