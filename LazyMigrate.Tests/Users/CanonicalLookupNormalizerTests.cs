using LazyMigrate.Core.Users;

namespace LazyMigrate.Tests.Users;

public sealed class CanonicalLookupNormalizerTests
{
    private readonly CanonicalLookupNormalizer _normalizer = new();

    [Fact]
    public void Normalize_Identifier_IsCanonical()
    {
        Assert.Equal("ada@example.com", _normalizer.NormalizeEmail(" Ada@Example.com"));
        Assert.Equal("ada", _normalizer.NormalizeName("ADA"));
    }

    [Fact]
    public void Normalize_Null_StaysNull()
    {
        Assert.Null(_normalizer.NormalizeEmail(null));
        Assert.Null(_normalizer.NormalizeName(null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no address")]
    [InlineData("аdmin")]
    public void Normalize_NobodysIdentifier_IsNotNullAndNobodys(string text)
    {
        // Null would find everybody who has no such identifier.
        var email = _normalizer.NormalizeEmail(text);
        var name = _normalizer.NormalizeName(text);

        Assert.Null(IdentifierParser.CanonicalEmail(email));
        Assert.Null(IdentifierParser.CanonicalUserName(name));
        Assert.NotNull(email);
        Assert.NotNull(name);
    }
}
