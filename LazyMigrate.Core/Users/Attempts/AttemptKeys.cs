using System.Security.Cryptography;
using System.Text;
using LazyMigrate.Core.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Core.Users.Attempts;

/// <summary>Names whoever attempts something by HMAC-SHA256, so that the table of attempts tells nobody who tried to log in, or from where.</summary>
public sealed class AttemptKeys(IDbContextFactory<AppDbContext> contexts, IDataProtectionProvider protection) : IDisposable
{
    private const string Name = "attempts";

    private readonly IDataProtector _protector = protection.CreateProtector("LazyMigrate.AttemptKeys.v1");

    // A flood that begins with the server must not open a connection each.
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private byte[]? _key;

    /// <summary>The key of a value, the same on all nodes.</summary>
    /// <param name="purpose">What the value is: values of two purposes never share a key.</param>
    /// <param name="value">For example a canonical identifier.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<string> OfAsync(string purpose, string value, CancellationToken cancellationToken)
    {
        var key = _key ?? await LoadOnceAsync(cancellationToken);
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{purpose}\0{value}")));
    }

    public void Dispose() => _oneAtATime.Dispose();

    private async Task<byte[]> LoadOnceAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            return _key ??= await LoadAsync(cancellationToken);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async Task<byte[]> LoadAsync(CancellationToken cancellationToken)
    {
        var fresh = _protector.Protect(Convert.ToBase64String(RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes)));
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);

        // Whichever node is first stores its key; all read it back.
        await context.Database.ExecuteSqlAsync(
            $"""INSERT INTO "StoredKeys" ("Name", "ProtectedValue") VALUES ({Name}, {fresh}) ON CONFLICT ("Name") DO NOTHING""",
            cancellationToken);
        while (true)
        {
            var stored = await context.StoredKeys.Where(key => key.Name == Name).Select(key => key.ProtectedValue).SingleAsync(cancellationToken);
            try
            {
                return Convert.FromBase64String(_protector.Unprotect(stored));
            }
            catch (CryptographicException)
            {
                // The data-protection keys were lost. All that ends with the old key is counts of some minutes.
                await context.StoredKeys
                    .Where(key => key.Name == Name && key.ProtectedValue == stored)
                    .ExecuteUpdateAsync(update => update.SetProperty(key => key.ProtectedValue, fresh), cancellationToken);
            }
        }
    }
}
