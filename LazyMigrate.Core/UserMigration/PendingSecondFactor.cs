using System.Globalization;
using System.Security.Claims;
using LazyMigrate.Core.Users;
using Microsoft.AspNetCore.Identity;

namespace LazyMigrate.Core.UserMigration;

/// <summary>Who has given the right password and owes the code of a second factor: what the cookie between the two pages holds.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Stamp">The security stamp of then: a password that is changed meanwhile ends it.</param>
/// <param name="IsPersistent">Whether the session shall outlive the browser.</param>
/// <param name="Identifier">What was typed, or null.</param>
internal sealed record PendingSecondFactor(Guid UserId, string Stamp, bool IsPersistent, UserIdentifier? Identifier)
{
    private const string StampClaim = "stamp";
    private const string PersistentClaim = "persistent";
    private const string IdentifierClaim = "identifier";

    public ClaimsPrincipal ToPrincipal()
    {
        // Identity's own cookie names the user so, too.
        var identity = new ClaimsIdentity(IdentityConstants.TwoFactorUserIdScheme);
        identity.AddClaim(new Claim(ClaimTypes.Name, UserId.ToString()));
        identity.AddClaim(new Claim(StampClaim, Stamp));
        identity.AddClaim(new Claim(PersistentClaim, IsPersistent.ToString(CultureInfo.InvariantCulture)));
        if (Identifier is not null)
        {
            identity.AddClaim(new Claim(IdentifierClaim, $"{Identifier.Kind} {Identifier.Canonical}"));
        }

        return new ClaimsPrincipal(identity);
    }

    public static PendingSecondFactor? Of(ClaimsPrincipal? principal) =>
        Guid.TryParse(principal?.FindFirstValue(ClaimTypes.Name), out var id) && principal!.FindFirstValue(StampClaim) is { } stamp
            ? new PendingSecondFactor(
                id,
                stamp,
                principal.FindFirstValue(PersistentClaim) == bool.TrueString,
                principal.FindFirstValue(IdentifierClaim)?.Split(' ', 2) is [var kind, var canonical] && Enum.TryParse<IdentifierKind>(kind, out var parsed)
                    ? new UserIdentifier(parsed, canonical)
                    : null)
            : null;
}
