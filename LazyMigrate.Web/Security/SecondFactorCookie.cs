using System.Security.Claims;
using LazyMigrate.Core.UserMigration;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace LazyMigrate.Web.Security;

/// <summary>Identity's cookie between the two pages of a log-in; it lives for five minutes.</summary>
internal sealed class SecondFactorCookie(IHttpContextAccessor accessor) : ISecondFactorCookie
{
    private static readonly string s_scheme = IdentityConstants.TwoFactorUserIdScheme;

    public Task KeepAsync(ClaimsPrincipal owing) => Context.SignInAsync(s_scheme, owing);

    public async Task<ClaimsPrincipal?> ReadAsync() => (await Context.AuthenticateAsync(s_scheme)).Principal;

    public Task ForgetAsync() => Context.SignOutAsync(s_scheme);

    private HttpContext Context => accessor.HttpContext ?? throw new InvalidOperationException("There is no request.");
}
