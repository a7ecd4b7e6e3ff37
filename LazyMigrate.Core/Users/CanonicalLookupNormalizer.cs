using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Identity;

namespace LazyMigrate.Core.Users;

/// <summary>Makes Identity look users up by the canonical forms of <see cref="IdentifierParser"/>.</summary>
public sealed class CanonicalLookupNormalizer : ILookupNormalizer
{
    // Never null for text that has no canonical form: a look-up for null would find everybody who has no such identifier.
    private const string NobodysIdentifier = "!";

    [return: NotNullIfNotNull(nameof(email))]
    public string? NormalizeEmail(string? email) => email is null ? null : IdentifierParser.CanonicalEmail(email) ?? NobodysIdentifier;

    [return: NotNullIfNotNull(nameof(name))]
    public string? NormalizeName(string? name) => name is null ? null : IdentifierParser.CanonicalUserName(name) ?? NobodysIdentifier;
}
