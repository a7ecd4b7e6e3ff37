using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace LazyMigrate.Core.UserMigration;

/// <summary>Makes what a link in a mail carries: encrypted, of one kind only, and good for a limited time.</summary>
/// <remarks>That a ticket can be used once is seen to by what it is used for: each use makes its own ground disappear.</remarks>
public sealed class AccountTickets(IDataProtectionProvider protection, TimeProvider time)
{
    private const int LongestTicket = 4096;

    public string Protect<T>(T ticket, TimeSpan lifetime)
        where T : class =>
        ProtectorOf<T>().Protect(JsonSerializer.Serialize(new Limited<T>(ticket, time.GetUtcNow() + lifetime)));

    /// <returns>The ticket, or null when it is out of date, of another kind, or made up.</returns>
    public T? Read<T>(string? text)
        where T : class
    {
        if (text is not { Length: > 0 and <= LongestTicket })
        {
            return null;
        }

        try
        {
            var limited = JsonSerializer.Deserialize<Limited<T>>(ProtectorOf<T>().Unprotect(text));
            return limited is not null && limited.EndsAt > time.GetUtcNow() ? limited.Ticket : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector ProtectorOf<T>() => protection.CreateProtector("LazyMigrate.AccountTickets.v1", typeof(T).Name);

    private sealed record Limited<T>(T Ticket, DateTimeOffset EndsAt);
}
