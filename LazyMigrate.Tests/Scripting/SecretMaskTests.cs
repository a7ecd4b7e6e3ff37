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

    [Theory]
    [InlineData("Basic YWRhOnBAc3Mvd29yZC1sb25n", "Basic YWRh***")]
    [InlineData("ZXZlcjpwQHNzL3dvcmQtbG9uZw==", "")]
    public void Apply_InALongerBase64Text_IsReplaced(string text, string beginning)
    {
        var masked = new SecretMask(["p@ss/word-long"]).Apply(text);

        Assert.Contains("***", masked, StringComparison.Ordinal);
        Assert.StartsWith(beginning[..Math.Min(beginning.Length, 6)], masked, StringComparison.Ordinal);
        Assert.DoesNotContain("BAc3Mvd29yZC1sb2", masked, StringComparison.Ordinal);
        Assert.DoesNotContain("QHNzL3dvcmQtbG9u", masked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":"ada-secret","email":"x-ada-secret@y.z","nickname":"is ada-secret","customData":{"ada-secret":["ada-secret",1,null,true]}}""",
        """{"id":"ada-secret","email":"x-ada-secret@y.z","nickname":"is ***","customData":{"***":["***",1,null,true]}}""")]
    [InlineData("""["ada-secret",{"id":"ada-secret"}]""", """["***",{"id":"***"}]""")]
    [InlineData("\"ada-secret\"", "\"***\"")]
    [InlineData("""{"id":12345678901234567890,"name":"other"}""", """{"id":12345678901234567890,"name":"other"}""")]
    [InlineData("""{"id":12345678901234567890,"name":"ada-secret é"}""", """{"id":12345678901234567890,"name":"*** é"}""")]
    public void Apply_Answer_IsMaskedButForIdentifiers(string answer, string expected) =>
        Assert.Equal(new ScriptCompletion.Answered(expected), new SecretMask(["ada-secret"]).Apply(new ScriptCompletion.Answered(answer)));

    [Theory]
    [InlineData("username", """{"id":1,"username":"jo"}""")]
    [InlineData("nickname", """{"id":1,"email":"jo@y.z","nickname":"jo"}""")]
    [InlineData("mfa_factors", """{"id":1,"email":"jo@y.z","mfa_factors":[]}""")]
    public void Apply_PasswordThatIsTheNameOfAField_TakesNoFieldAway(string password, string answer) =>
        Assert.Equal(new ScriptCompletion.Answered(answer), new SecretMask([password]).Apply(new ScriptCompletion.Answered(answer)));

    [Fact]
    public void Apply_AnswerWithAShortSecret_StaysAsItIs() =>
        Assert.Equal(
            new ScriptCompletion.Answered("""{"address":"berlin"}"""),
            new SecretMask(["berlin"]).Apply(new ScriptCompletion.Answered("""{"address":"berlin"}""")));
}
