using System.Security.Claims;

namespace LazyMigrate.Core.UserMigration;

/// <summary>Remembers, between two requests of one browser, who has given the right password and owes a code. A host that has requests replaces <see cref="NoSecondFactorCookie"/>.</summary>
public interface ISecondFactorCookie
{
    Task KeepAsync(ClaimsPrincipal owing);

    Task<ClaimsPrincipal?> ReadAsync();

    Task ForgetAsync();
}

/// <summary>For hosts without cookies: password and code come in one request.</summary>
public sealed class NoSecondFactorCookie : ISecondFactorCookie
{
    public Task KeepAsync(ClaimsPrincipal owing) => Task.CompletedTask;

    public Task<ClaimsPrincipal?> ReadAsync() => Task.FromResult<ClaimsPrincipal?>(null);

    public Task ForgetAsync() => Task.CompletedTask;
}
