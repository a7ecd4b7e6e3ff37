using System.Globalization;
using System.Text;
using CsCheck;
using LazyMigrate.Core.Users;

namespace LazyMigrate.Tests.Users;

public sealed class IdentifierParserTests
{
    // Any text, with more than its share of what breaks parsers: marks, invisible characters, several scripts, lone surrogates.
    private static readonly Gen<string> s_text = Gen.OneOf(
            Gen.Char,
            Gen.Char['a', 'z'],
            Gen.Char['0', '9'],
            Gen.Char["@.+-_ ßİıςΣſÅ\u0301\u0307\u034F\u200B\u202E\uFE0F\u1160аαＡ１٣中\uD83D\uDE00"])
        .Array[0, 24]
        .Select(characters => new string(characters));

    private static readonly Gen<string> s_address = Gen.Select(s_text, s_text, (local, domain) => $"{local}@{domain}.com");

    private static readonly Gen<string> s_phone = Gen.Char["0123456789 -.()/"].Array[1, 24].Select(characters => "+" + new string(characters));

    [Theory]
    [InlineData("ada@example.com", IdentifierKind.Email, "ada@example.com")]
    [InlineData("  Ada.Lovelace@Example.COM ", IdentifierKind.Email, "ada.lovelace@example.com")]
    [InlineData("ada+shop@example.com", IdentifierKind.Email, "ada+shop@example.com")]
    [InlineData("ada@bücher.example", IdentifierKind.Email, "ada@xn--bcher-kva.example")]
    [InlineData("ada@XN--BCHER-KVA.example", IdentifierKind.Email, "ada@xn--bcher-kva.example")]
    [InlineData("ada@bu\u0308cher.example", IdentifierKind.Email, "ada@xn--bcher-kva.example")]
    [InlineData("+49 (30) 901-820", IdentifierKind.Phone, "+4930901820")]
    [InlineData("+86 138 0000 0000", IdentifierKind.Phone, "+8613800000000")]
    [InlineData("Ada", IdentifierKind.UserName, "ada")]
    [InlineData("ａｄａ＿１", IdentifierKind.UserName, "ada_1")]
    [InlineData("李晓明", IdentifierKind.UserName, "李晓明")]
    [InlineData("ΟΔΥΣΣΕΥΣ", IdentifierKind.UserName, "οδυσσευσ")]
    [InlineData("οδυσσευς", IdentifierKind.UserName, "οδυσσευσ")]
    [InlineData("İstanbul", IdentifierKind.UserName, "istanbul")]
    [InlineData("admi\u0307n", IdentifierKind.UserName, "admin")]
    [InlineData("משה", IdentifierKind.UserName, "משה")]
    [InlineData("प्रिया", IdentifierKind.UserName, "प्रिया")]
    [InlineData("0301234567", IdentifierKind.UserName, "0301234567")]
    public void Parse_SomebodysIdentifier_IsCanonical(string typed, IdentifierKind kind, string canonical) =>
        Assert.Equal(new UserIdentifier(kind, canonical), IdentifierParser.Parse(typed));

    [Theory]
    [InlineData("030 901820", "DE", "+4930901820")]
    [InlineData("(212) 555-0123", "US", null)]
    [InlineData("0212 5550123", "TR", "+902125550123")]
    public void Parse_DigitsWithRegion_ArePhone(string typed, string region, string? canonical) =>
        Assert.Equal(canonical is null ? null : new UserIdentifier(IdentifierKind.Phone, canonical), IdentifierParser.Parse(typed, region));

    [Theory]
    [InlineData("аdmin")] // Cyrillic а, Latin dmin
    [InlineData("αdmin")] // Greek α
    [InlineData("user1٢")] // two number systems
    [InlineData("ad\u200Bmin")] // zero-width space
    [InlineData("ad\u200Dmin")] // zero-width joiner
    [InlineData("ad\u034Fmin")] // combining grapheme joiner: a mark that shows nothing
    [InlineData("admin\uFE0F")] // variation selector
    [InlineData("admin\u3164")] // Hangul filler: a letter that shows nothing
    [InlineData("admin\U000E0100")] // variation selector supplement
    [InlineData("\u202Enimda")] // right-to-left override
    [InlineData("ad\u0000min")]
    [InlineData("ad\tmin")]
    [InlineData("ada lovelace")]
    [InlineData("\u0301ada")] // nothing for the mark to sit on
    [InlineData(".ada")]
    [InlineData("ada😀")]
    [InlineData("ada\uD83D")]
    [InlineData("\uE000")] // private use
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(null)]
    [InlineData("@example.com")]
    [InlineData("ada@")]
    [InlineData("ada@example@example.com ada")]
    [InlineData("ad a@example.com")]
    [InlineData(".ada@example.com")]
    [InlineData("ada.@example.com")]
    [InlineData("a..da@example.com")]
    [InlineData("adä@example.com")]
    [InlineData("аda@example.com")] // Cyrillic а
    [InlineData("ada@exa\u200Bmple.com")]
    [InlineData("ada@ex\u034Fample.com")]
    [InlineData("ada@-example.com")]
    [InlineData("ada@exa_mple.com")]
    [InlineData("ada@127.0.0.1")]
    [InlineData("ada@[::1]")]
    [InlineData("ada@example..com")]
    [InlineData("\"ada lovelace\"@example.com")]
    public void Parse_NobodysIdentifier_IsNull(string? typed) => Assert.Null(IdentifierParser.Parse(typed));

    [Theory]
    [InlineData("ada@example.com.", "ada@example.com")]
    [InlineData("ada@example。com", "ada@example.com")]
    [InlineData("ada@ｅxample.com", "ada@example.com")]
    public void CanonicalEmail_SameDomainWrittenOtherwise_IsSameAddress(string typed, string canonical) =>
        Assert.Equal(canonical, IdentifierParser.CanonicalEmail(typed));

    [Fact]
    public void Parse_LongestAllowed_IsTaken_AndOneMoreIsNot()
    {
        var local = new string('a', 64);
        var domain = string.Join('.', new string('b', 63), new string('c', 63), new string('d', 57)) + ".com";
        Assert.Equal(254, local.Length + 1 + domain.Length);

        Assert.NotNull(IdentifierParser.CanonicalEmail($"{local}@{domain}"));
        Assert.Null(IdentifierParser.CanonicalEmail($"{local}a@{domain[1..]}"));
        Assert.Null(IdentifierParser.CanonicalEmail($"{local}@b{domain}"));
        Assert.NotNull(IdentifierParser.CanonicalUserName(new string('a', 128)));
        Assert.Null(IdentifierParser.CanonicalUserName(new string('a', 129)));

        // One character that is eighteen once it is normalised.
        Assert.Null(IdentifierParser.CanonicalUserName(new string('\uFDFA', 100)));
    }

    [Theory]
    [InlineData("+1")]
    [InlineData("+")]
    [InlineData("+0000000000")]
    [InlineData("+49 30 901820 ext. 5")]
    [InlineData("+49 30 90182०")]
    [InlineData("4930901820")]
    [InlineData("++4930901820")]
    [InlineData("+493090182000000000000")]
    [InlineData("+49 30                                 901820")]
    public void CanonicalPhone_NoNumberThatCanExist_IsNull(string typed) => Assert.Null(IdentifierParser.CanonicalPhone(typed));

    [Fact]
    public void CanonicalUserName_AnyText_IsIdempotentAndSafe() => s_text.Sample(
        typed => HoldsForCanonical(IdentifierParser.CanonicalUserName(typed), IdentifierParser.CanonicalUserName),
        iter: 50_000);

    [Fact]
    public void CanonicalEmail_AnyText_IsIdempotentAndSafe() => Gen.OneOf(s_text, s_address).Sample(
        typed => HoldsForCanonical(IdentifierParser.CanonicalEmail(typed), IdentifierParser.CanonicalEmail)
            && IdentifierParser.CanonicalEmail(typed) is null or { Length: <= 254 },
        iter: 50_000);

    [Fact]
    public void CanonicalPhone_AnyNumber_IsIdempotentAndSafe() => Gen.OneOf(s_text, s_phone).Sample(
        typed => HoldsForCanonical(IdentifierParser.CanonicalPhone(typed), number => IdentifierParser.CanonicalPhone(number)),
        iter: 20_000);

    [Fact]
    public void Parse_CanonicalForm_IsOfTheSameKind() => Gen.OneOf(s_text, s_address, s_phone).Sample(
        typed => IdentifierParser.Parse(typed) is not { } identifier || IdentifierParser.Parse(identifier.Canonical) == identifier,
        iter: 50_000);

    [Fact]
    public void CanonicalUserName_CaseAndNormalization_MakeNoDifference() => s_text.Sample(
        typed =>
        {
            var canonical = IdentifierParser.CanonicalUserName(typed);
            return canonical is null
                || (IdentifierParser.CanonicalUserName(typed.ToUpperInvariant()) == canonical
                    && IdentifierParser.CanonicalUserName(typed.Normalize(NormalizationForm.FormD)) == canonical);
        },
        iter: 50_000);

    private static bool HoldsForCanonical(string? canonical, Func<string, string?> parse) =>
        canonical is null
        || (parse(canonical) == canonical
            && canonical.EnumerateRunes().All(rune => Rune.GetUnicodeCategory(rune) is not (
                UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.EnclosingMark)));
}
