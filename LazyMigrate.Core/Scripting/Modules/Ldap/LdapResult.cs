namespace LazyMigrate.Core.Scripting.Modules.Ldap;

/// <summary>LDAPResult: https://www.rfc-editor.org/rfc/rfc4511#section-4.1.9.</summary>
/// <param name="Code">0 is success, 49 invalid credentials.</param>
/// <param name="MatchedDn">The nearest entry that exists.</param>
/// <param name="Message">The server's diagnostic message.</param>
/// <param name="Referrals">Other servers to ask.</param>
internal sealed record LdapResult(int Code, string MatchedDn, string Message, IReadOnlyList<string> Referrals)
{
    public const int InvalidCredentials = 49;

    /// <summary>The cookie of the paged results control, or null where there is no further page.</summary>
    public byte[]? Cookie { get; init; }
}

/// <summary>One entry that a search found.</summary>
internal sealed record LdapEntry(string Dn, IReadOnlyList<LdapAttribute> Attributes, int Length);

/// <summary>An attribute's description and values.</summary>
internal sealed record LdapAttribute(string Type, IReadOnlyList<byte[]> Values);
