using CsCheck;
using LazyMigrate.Core.Scripting;

namespace LazyMigrate.Tests.Scripting;

public sealed class SecretMaskTests
{
    private static readonly string[] s_runes = ["a", "B", "0", " ", "é", "ß", "懒", "😀", "\U0010FFFF", "\"", "\\", "/", "\n", "\t", "\b", "\u0001", "=", "<", "+"];

    /// <summary>Secrets of what is awkward in JSON, and each of their characters escaped in one of the ways there are.</summary>
    private static readonly Gen<(string Secret, string Escaped)> s_escaped =
        from runes in Gen.Int[0, s_runes.Length - 1].Select(index => s_runes[index]).Array[4, 16]
        from ways in Gen.Int[0, 3].Array[64]
        let secret = string.Concat(runes)
        where secret.Any(char.IsLetterOrDigit)
        select (secret, string.Concat(secret.Select((unit, index) => EscapeOf(unit, ways[index]))));

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

    [Theory]
    [InlineData("é/😀\"word", """{"id":1,"nickname":"é/😀\"word"}""", """{"id":1,"nickname":"***"}""")]
    [InlineData("é/😀\"word", """{"id":1,"nickname":"\u00e9\/\ud83d\uDE00\"w\u006Frd"}""", """{"id":1,"nickname":"***"}""")]
    [InlineData("é/😀\"word", """{"id":1,"data":"{\"p\":\"\\u00e9/\\ud83d\\ude00\\\"word\"}"}""", """{"id":1,"data":"{\"p\":\"***\"}"}""")]
    [InlineData("long\nsecret", """{"id":1,"nickname":"a long\nsecret"}""", """{"id":1,"nickname":"a ***"}""")]
    [InlineData("é/😀\"word", """{"id":1.50,"nickname":"\u00e9 and nothing"}""", """{"id":1.50,"nickname":"\u00e9 and nothing"}""")]
    public void Apply_AnswerWithEscapes_IsMasked(string secret, string answer, string expected) =>
        Assert.Equal(new ScriptCompletion.Answered(expected), new SecretMask([secret]).Apply(new ScriptCompletion.Answered(answer)));

    [Fact]
    public void Apply_AnyEscapingOfAnySecret_IsReplaced() =>
        s_escaped.Sample((secret, escaped) =>
        {
            Assert.Equal("***", new SecretMask([secret]).Apply(escaped));
            Assert.Equal("see ***!", new SecretMask([secret]).Apply($"see {escaped}!"));
        });

    [Fact]
    public void Apply_AnyEscapingOfAnySecretInAnAnswer_IsReplaced() =>
        // In JSON half of a surrogate pair can be escaped only together with the other.
        s_escaped.Where(pair => pair.Secret.Length >= 8 && pair.Escaped.EnumerateRunes().All(rune => rune.Value != 0xFFFD)).Sample((secret, escaped) => Assert.Equal(
            new ScriptCompletion.Answered("""{"id":1,"nickname":"***"}"""),
            new SecretMask([secret]).Apply(new ScriptCompletion.Answered($$"""{"id":1,"nickname":"{{escaped}}"}"""))));

    [Fact]
    public void Apply_TextWithoutTheSecret_StaysAsItIs() =>
        Gen.Select(Gen.Char["ab\\u0061/\""].Array[0, 60], Gen.Char["cde"].Array[4, 12]).Sample((text, secret) =>
            Assert.Equal(new string(text), new SecretMask([new string(secret)]).Apply(new string(text))));

    [Fact]
    public void Apply_ManyBackslashes_StaysAsItIs()
    {
        var text = new string('\\', 2048);

        Assert.Equal(text, new SecretMask([new string('\\', 40) + "end"]).Apply(text));
    }

    [Fact]
    public void Apply_ASecretOfBackslashes_IsReplacedInLongTexts()
    {
        var mask = new SecretMask([new string('\\', 4096)]);

        Assert.Equal("***", mask.Apply(new string('\\', 8192)));
        foreach (var length in (int[])[8150, 10_240, 100_000])
        {
            Assert.DoesNotContain(new string('\\', 4096), mask.Apply(new string('\\', length)), StringComparison.Ordinal);
        }

        var answer = new ScriptCompletion.Answered($$"""{"id":1,"nickname":"{{new string('\\', 100_000)}}"}""");
        Assert.DoesNotContain(new string('\\', 8192), ((ScriptCompletion.Answered)mask.Apply(answer)).Json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\\\"sec/ret\\\"", "***", "\"sec/ret\"")]
    [InlineData("{\\\"p\\\":\\\"\\\\u00e9sec\\\\/ret\\\"}", "{\\\"p\\\":\\\"***\\\"}", "ésec/ret")]
    [InlineData("C:\\\\u00e9sec/ret", "C:***", "ésec/ret")]
    [InlineData("\\\\\\\\\\\\a", "***", "\\\\\\a")]
    public void Apply_JsonInAStringOfJson_IsReplaced(string text, string expected, string secret) =>
        Assert.Equal(expected, new SecretMask([secret]).Apply(text));

    [Fact]
    public void Apply_AnswerWithAShortSecret_StaysAsItIs() =>
        Assert.Equal(
            new ScriptCompletion.Answered("""{"address":"berlin"}"""),
            new SecretMask(["berlin"]).Apply(new ScriptCompletion.Answered("""{"address":"berlin"}""")));

    private static string EscapeOf(char unit, int way) => way switch
    {
        1 => $"\\u{(int)unit:x4}",
        2 => $"\\u{(int)unit:X4}",
        _ => unit switch
        {
            '"' or '\\' => $"\\{unit}",
            '/' => way == 3 ? "\\/" : "/",
            '\n' => "\\n",
            '\t' => "\\t",
            '\b' => "\\b",
            < ' ' => $"\\u{(int)unit:x4}",
            _ => $"{unit}",
        },
    };
}
