using System.Text;
using System.Text.Json;
using LazyMigrate.Core.Scripting.Contracts;

namespace LazyMigrate.Tests.Scripting.Contracts;

public sealed class LegacyTotpTests
{
    private const string Secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    /// <summary>To say "none" is not to say nothing.</summary>
    [Theory]
    [InlineData("""{"id":1,"email":"a@example.org"}""", false)]
    [InlineData("""{"id":1,"email":"a@example.org","mfa_factors":null}""", true)]
    [InlineData("""{"id":1,"email":"a@example.org","mfa_factors":[]}""", true)]
    [InlineData("""{"id":1,"email":"a@example.org","mfa_factors":[{"totp":{"secret":null}}]}""", true)]
    [InlineData("""{"id":1,"email":"a@example.org","mfa_factors":[{"totp":{"secret":"JBSWY3DPEHPK3PXP"}}]}""", true)]
    public void Profile_KnowsWhetherTheFieldIsThere(string answer, bool isNamed)
    {
        using var document = JsonDocument.Parse(answer);

        Assert.Equal(isNamed, LegacyProfileReader.Read(document.RootElement).Profile!.NamesSecondFactors);
    }

    /// <summary>RFC 4648, section 10.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base32_RfcVectors_BothWays(string text, string expected)
    {
        var bytes = Encoding.ASCII.GetBytes(text);

        Assert.Equal(expected, Base32.Encode(bytes));
        Assert.True(Base32.TryDecode(expected.PadRight((expected.Length + 7) / 8 * 8, '='), out var padded));
        Assert.Equal(bytes, padded);
        Assert.True(Base32.TryDecode(expected.ToLowerInvariant(), out var lower));
        Assert.Equal(bytes, lower);
    }

    [Theory]
    [InlineData("M")]
    [InlineData("MZX")]
    [InlineData("MZXW6Y")]
    [InlineData("MZXW6YT1")]
    [InlineData("MZXW6YT8")]
    [InlineData("MZ=W6YTB")]
    [InlineData("ＭＺＸＷ６ＹＴＢ")]
    public void Base32_NotBase32_IsRefused(string text) => Assert.False(Base32.TryDecode(text, out _));

    [Theory]
    [InlineData("""[{"totp":{"secret":"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"}}]""")]
    [InlineData("""{"totp":{"secret":"gezd gnbv-gy3t qojq gezd gnbv gy3t qojq===="}}""")]
    [InlineData("""[{"totp":"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"}]""")]
    [InlineData("""[{"totp":{"secret":"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ","algorithm":"sha1","digits":6,"period":"30"}}]""")]
    [InlineData("""[{"totp":{"secret":"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"}},{"totp":{"secret":"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"}}]""")]
    public void Read_Secret_IsTaken(string factors)
    {
        var (profile, problems) = Read(factors);

        Assert.Empty(problems);
        Assert.Equal("12345678901234567890"u8.ToArray(), profile!.Totp!.CopySecret());
        Assert.DoesNotContain(Secret, $"{profile} {JsonSerializer.Serialize(profile)}", StringComparison.Ordinal);
        Assert.True(profile.HasTotp);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""[{"totp":null}]""")]
    [InlineData("""[{"totp":{"secret":null}}]""")]
    public void Read_None_IsNoFactor(string factors)
    {
        var (profile, problems) = Read(factors);

        Assert.Empty(problems);
        Assert.Null(profile!.Totp);
    }

    /// <summary>Never silently dropped: nobody is moved without the second factor they have.</summary>
    [Theory]
    [InlineData("5")]
    [InlineData("\"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\"")]
    [InlineData("[5]")]
    [InlineData("""[{"totp":{}}]""")]
    [InlineData("""[{"totp":{"secret":""}}]""")]
    [InlineData("""[{"totp":{"secret":5}}]""")]
    [InlineData("""[{"totp":{"secret":"GEZDGNBVGY3T"}}]""")]
    [InlineData("""[{"totp":{"secret":"not base 32!"}}]""")]
    [InlineData("""[{"totp":{"secret":"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ","algorithm":"SHA256"}}]""")]
    [InlineData("""[{"totp":{"secret":"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ","digits":8}}]""")]
    [InlineData("""[{"totp":{"secret":"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ","period":60}}]""")]
    [InlineData("""[{"totp":{"secret":"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"}},{"totp":{"secret":"JBSWY3DPEHPK3PXP"}}]""")]
    public void Read_SecretThatCannotBeRead_IsFatal(string factors)
    {
        var (profile, problems) = Read(factors);

        Assert.Null(profile);
        Assert.Contains(problems, problem => problem is { Field: "mfa_factors", IsFatal: true });
        Assert.All(problems, problem => Assert.DoesNotContain("GEZDGNBVGY3T", problem.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_OtherFactors_AreReportedAndNotTaken()
    {
        var (profile, problems) = Read("""[{"phone":{"value":"+4930901820"}},{"email":{"value":"a@b.c"}},{"totp":{"secret":"JBSWY3DPEHPK3PXP"}}]""");

        Assert.NotNull(profile!.Totp);
        Assert.Equal(("mfa_factors", false), (Assert.Single(problems).Field, problems[0].IsFatal));
    }

    [Fact]
    public void Mask_Answer_HidesEverySecret()
    {
        const string Answer = """{"id":1,"list":[{"mfa_factors":[{"totp":{"secret":"JBSWY3DPEHPK3PXP","digits":6}},{"totp":"JBSWY3DPEHPK3PXP"},"JBSWY3DPEHPK3PXP"]}],"mfa_factors":"JBSWY3DPEHPK3PXP","name":"Ada"}""";

        var masked = LegacyTotp.Mask(Answer)!;

        Assert.DoesNotContain("JBSWY3DPEHPK3PXP", masked, StringComparison.Ordinal);
        Assert.Contains("\"name\":\"Ada\"", masked, StringComparison.Ordinal);
        Assert.Equal("""{"id":1}""", LegacyTotp.Mask("""{"id":1}"""));
        Assert.Null(LegacyTotp.Mask(null));
    }

    private static (LegacyProfile? Profile, IReadOnlyList<ProfileProblem> Problems) Read(string factors)
    {
        using var document = JsonDocument.Parse($$"""{"id":1,"email":"a@b.c","mfa_factors":{{factors}}}""");
        var (profile, problems, _) = LegacyProfileReader.Read(document.RootElement);
        return (profile, problems);
    }
}
