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
    /// <summary>What the names of its keys begin with.</summary>
    internal const string Prefix = "activity.";

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

            await MakeAsync(context, last.Number + 1, cancellationToken);
        }
    }

    /// <summary>Makes a key. With the very first one the chain begins, in the same transaction: where there is a key and no chain, somebody took the chain away.</summary>
    private async Task MakeAsync(AppDbContext context, int number, CancellationToken cancellationToken)
    {
        var name = NameOf(number);
        var secret = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);
        var fresh = _protector.Protect(Convert.ToBase64String(secret));
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);

        // Whichever node is first stores its key; all read it back.
        var isFirst = await context.Database.ExecuteSqlAsync(
            $"""INSERT INTO "StoredKeys" ("Name", "ProtectedValue") VALUES ({name}, {fresh}) ON CONFLICT ("Name") DO NOTHING""",
            cancellationToken) == 1;
        if (isFirst && number == 1)
        {
            var key = new ActivityKey(number, secret);
            var adopted = await AdoptAsync(context, key, cancellationToken);
            context.Add(key.Chain(0, ActivityKey.NoSeal, 0, ActivityKey.NoSeal));
            await context.SaveChangesAsync(cancellationToken);
            if (adopted > 0)
            {
                Log.ActivityAdopted(logger, adopted);
            }
        }

        await transaction.CommitAsync(cancellationToken);
        context.ChangeTracker.Clear();
    }

    /// <summary>Signs what an earlier version has written: once, before there is a chain. Later an event without a signature is a forged one.</summary>
    private static async Task<int> AdoptAsync(AppDbContext context, ActivityKey key, CancellationToken cancellationToken)
    {
        const int BatchSize = 1000;
        for (var count = 0; ;)
        {
            var events = await context.ActivityEvents.Where(item => item.Mac == null).OrderBy(item => item.Id).Take(BatchSize).ToListAsync(cancellationToken);
            if (events.Count == 0)
            {
                return count;
            }

            events.ForEach(item => item.Mac = key.MacOf(item));
            count += events.Count;
            await context.SaveChangesAsync(cancellationToken);
            context.ChangeTracker.Clear();
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
