using System.Collections.Concurrent;
using System.Security.Claims;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Core.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Tests.TestServices;

/// <summary>Logs in as a browser would, one request at a time, and remembers who was signed in.</summary>
internal sealed class TestSignIns : IAuthenticationService, ISecondFactorCookie
{
    /// <summary>Good enough for Identity's default rules.</summary>
    public const string NewPassword = "A new passw0rd";

    private readonly ConcurrentQueue<string> _userIds = new();
    private volatile ClaimsPrincipal? _owesCode;

    /// <summary>Ids of the users that were signed in.</summary>
    public IReadOnlyList<string> UserIds => [.. _userIds];

    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton<IAuthenticationService>(this);
        services.AddSingleton<ISecondFactorCookie>(this);
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
    }

    /// <summary>Logs in with what a person types, in a request of its own.</summary>
    public static async Task<SignInResult> LogInAsync(TestDatabase database, string identifier, string password)
    {
        await using var scope = database.CreateScope();
        var accessor = scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>();
        accessor.HttpContext = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        return await scope.ServiceProvider.GetRequiredService<SignInManager<AppUser>>()
            .PasswordSignInAsync(identifier, password, isPersistent: false, lockoutOnFailure: true);
    }

    /// <summary>Gives the code of a second factor, in a request of its own, as whoever gave the right password last.</summary>
    public static async Task<SignInResult> EnterCodeAsync(TestDatabase database, string code)
    {
        await using var scope = database.CreateScope();
        var accessor = scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>();
        accessor.HttpContext = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        return await scope.ServiceProvider.GetRequiredService<SignInManager<AppUser>>().TwoFactorAuthenticatorSignInAsync(code, isPersistent: false, rememberClient: true);
    }

    /// <summary>Registers as the page does, in a request of its own.</summary>
    public static async Task<IdentityResult> RegisterAsync(TestDatabase database, string email, string password = NewPassword)
    {
        await using var scope = database.CreateScope();
        return await scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>()
            .CreateAsync(new AppUser { Email = email, Origin = UserOrigin.Registered, CreatedAt = database.Time.GetUtcNow() }, password);
    }

    public Task SignInAsync(HttpContext context, string? scheme, ClaimsPrincipal principal, AuthenticationProperties? properties)
    {
        _userIds.Enqueue(principal.FindFirstValue(ClaimTypes.NameIdentifier)!);
        return Task.CompletedTask;
    }

    public Task SignOutAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => Task.CompletedTask;

    public Task<AuthenticateResult> AuthenticateAsync(HttpContext context, string? scheme) => Task.FromResult(AuthenticateResult.NoResult());

    public Task KeepAsync(ClaimsPrincipal owing)
    {
        _owesCode = owing;
        return Task.CompletedTask;
    }

    public Task<ClaimsPrincipal?> ReadAsync() => Task.FromResult(_owesCode);

    // Many requests at once hold the same cookie: it stays with those that have not answered yet.
    public Task ForgetAsync() => Task.CompletedTask;

    public Task ChallengeAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => Task.CompletedTask;

    public Task ForbidAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => Task.CompletedTask;
}
