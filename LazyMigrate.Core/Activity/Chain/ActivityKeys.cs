using System.Globalization;
using System.Security.Cryptography;
using LazyMigrate.Core.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace LazyMigrate.Core.Activity.Chain;

/// <summary>The key of the activity, the same on all nodes: made once, stored encrypted by data protection.</summary>
/// <remarks>In Production the data-protection keys are wrapped by a key outside the database, and so nobody who has the database alone can compute with this one.</remarks>
public sealed class ActivityKeys(IDbContextFactory<AppDbContext> contexts, IDataProtectionProvider protection, ILogger<ActivityKeys> logger) : IDisposable
{
    private const string Prefix = "activity.";

    private readonly IDataProtector _protector = protection.CreateProtector("LazyMigrate.ActivityKeys.v1");
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private ActivityKey? _key;

    /// <summary>The key that new events are signed with.</summary>
    /// <remarks>Read from the database once: before the first transaction, as <see cref="DatabaseInitializer"/> does, because making a key writes through a connection of its own.</remarks>
    public async ValueTask<ActivityKey> GetAsync(CancellationToken cancellationToken)
    {
        if (_key is { } known)
        {
            return known;
        }

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

    /// <summary>A key by its number, or null where there is none that can be read.</summary>
    public async Task<ActivityKey?> FindAsync(int number, CancellationToken cancellationToken)
    {
        if (_key?.Number == number)
        {
            return _key;
        }

        var name = NameOf(number);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var stored = await context.StoredKeys.Where(key => key.Name == name).Select(key => key.ProtectedValue).SingleOrDefaultAsync(cancellationToken);
        return stored is null ? null : Read(number, stored);
    }

    public void Dispose() => _oneAtATime.Dispose();

    private async Task<ActivityKey> LoadAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        while (true)
        {
            var stored = await context.StoredKeys.AsNoTracking().Where(key => key.Name.StartsWith(Prefix)).ToListAsync(cancellationToken);
            var last = stored
                .Select(key => (Number: int.Parse(key.Name.AsSpan(Prefix.Length), CultureInfo.InvariantCulture), key.ProtectedValue))
                .OrderByDescending(key => key.Number)
                .FirstOrDefault();
            if (last.ProtectedValue is not null)
            {
                if (Read(last.Number, last.ProtectedValue) is { } key)
                {
                    return key;
                }

                Log.ActivityKeyLost(logger, last.Number);
            }

            // Whichever node is first stores its key; all read it back.
            var name = NameOf(last.Number + 1);
            var fresh = _protector.Protect(Convert.ToBase64String(RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes)));
            await context.Database.ExecuteSqlAsync(
                $"""INSERT INTO "StoredKeys" ("Name", "ProtectedValue") VALUES ({name}, {fresh}) ON CONFLICT ("Name") DO NOTHING""",
                cancellationToken);
        }
    }

    private ActivityKey? Read(int number, string protectedValue)
    {
        try
        {
            return new ActivityKey(number, Convert.FromBase64String(_protector.Unprotect(protectedValue)));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string NameOf(int number) => Prefix + number.ToString(CultureInfo.InvariantCulture);
}
