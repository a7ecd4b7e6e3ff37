using System.Globalization;
using System.Security.Cryptography;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Attempts;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace LazyMigrate.Web.Security;

/// <summary>A cookie that says who logged in on this device last. Strangers who use up a person's attempts cannot lock it out.</summary>
/// <remarks>It lets nobody in: all it gives is a count of attempts of its own.</remarks>
internal sealed class DeviceCookie(
    IHttpContextAccessor accessor,
    IDataProtectionProvider protection,
    TimeProvider time,
    IOptionsMonitor<CookieBuilder> cookies) : ILoginDevice
{
    public const string Name = "Device";

    private static readonly TimeSpan s_lifetime = TimeSpan.FromDays(180);
    private static readonly TimeSpan s_renewal = TimeSpan.FromDays(30);

    private readonly IDataProtector _protector = protection.CreateProtector("LazyMigrate.DeviceCookie.v1");

    public string? IdFor(UserIdentifier identifier) => Read(identifier)?.Id;

    public void Remember(UserIdentifier identifier)
    {
        var known = Read(identifier);
        if (accessor.HttpContext is not { Response.HasStarted: false } context || (known is not null && time.GetUtcNow() - known.Since < s_renewal))
        {
            return;
        }

        var id = known?.Id ?? RandomNumberGenerator.GetHexString(32);
        var cookie = cookies.Get(Name);
        var options = cookie.Build(context, time.GetUtcNow());
        options.Expires = time.GetUtcNow() + s_lifetime;
        context.Response.Cookies.Append(
            cookie.Name!,
            _protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow().ToUnixTimeSeconds()} {id} {identifier.Kind} {identifier.Canonical}")),
            options);
    }

    private Device? Read(UserIdentifier identifier)
    {
        if (accessor.HttpContext?.Request.Cookies[cookies.Get(Name).Name!] is not { Length: > 0 and < 2048 } text)
        {
            return null;
        }

        try
        {
            return _protector.Unprotect(text).Split(' ', 4) is [var since, var id, var kind, var canonical]
                && kind == identifier.Kind.ToString()
                && canonical == identifier.Canonical
                && DateTimeOffset.FromUnixTimeSeconds(long.Parse(since, CultureInfo.InvariantCulture)) is var day
                && time.GetUtcNow() - day < s_lifetime
                ? new Device(id, day)
                : null;
        }
        catch (CryptographicException)
        {
            // Of another server, or made up.
            return null;
        }
    }

    private sealed record Device(string Id, DateTimeOffset Since);
}
