using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace LazyMigrate.Core.Users;

/// <summary>What a session knows of a user: id, how they are called, security stamp and roles. Identity's own factory needs a user name, which not everybody has.</summary>
public sealed class AppUserClaimsPrincipalFactory(UserManager<AppUser> users, IOptions<IdentityOptions> options)
    : IUserClaimsPrincipalFactory<AppUser>
{
    /// <summary>The claim of a session that may only change its password.</summary>
    public const string MustChangePasswordClaim = "must_change_password";

    public async Task<ClaimsPrincipal> CreateAsync(AppUser user)
    {
        var types = options.Value.ClaimsIdentity;
        var identity = new ClaimsIdentity(IdentityConstants.ApplicationScheme, types.UserNameClaimType, types.RoleClaimType);
        identity.AddClaim(new Claim(types.UserIdClaimType, user.Id.ToString()));
        identity.AddClaim(new Claim(types.UserNameClaimType, user.DisplayName));
        identity.AddClaim(new Claim(types.SecurityStampClaimType, await users.GetSecurityStampAsync(user)));
        foreach (var role in await users.GetRolesAsync(user))
        {
            identity.AddClaim(new Claim(types.RoleClaimType, role));
        }

        if (user.MustChangePassword)
        {
            identity.AddClaim(new Claim(MustChangePasswordClaim, "true"));
        }

        return new ClaimsPrincipal(identity);
    }
}
