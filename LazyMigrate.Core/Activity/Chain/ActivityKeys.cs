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
    private volatile State? _state;

    /// <summary>The number of the stored key that this node cannot decrypt, so that it signs nothing; null where it can, or has not looked yet.</summary>
    public int? Unreadable => _state?.Unreadable;

    /// <summary>The key that new events are signed with; null where one is stored that this node cannot decrypt.</summary>
    /// <remarks>
    /// No other is made then: another node may well have the stored one, and would find altered what this one signs with its own. Read
    /// from the database once: before the first transaction, as <see cref="DatabaseInitializer"/> does, because making a key writes through a connection of its own.
    /// </remarks>
    public async ValueTask<ActivityKey?> GetAsync(CancellationToken cancellationToken) =>
        (_state ?? await LoadAsync(renews: false, _ => false, cancellationToken)).Key;

    /// <summary>The key that new events are signed with, a new one where the stored one cannot be decrypted.</summary>
    public async Task<ActivityKey> GetOrRenewAsync(CancellationToken cancellationToken) =>
        (await LoadAsync(renews: true, _ => true, cancellationToken)).Key!;

    /// <summary>A key by its number, or null where there is none that can be read.</summary>
    public async Task<ActivityKey?> FindAsync(int number, CancellationToken cancellationToken)
    {
        if (_state?.Key is { } known && known.Number == number)
        {
            return known;
        }

        var name = NameOf(number);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var stored = await context.StoredKeys.Where(key => key.Name == name).Select(key => key.ProtectedValue).SingleOrDefaultAsync(cancellationToken);
        var key = stored is null ? null : Read(number, stored);
        if (stored is not null && (key is not null || Unreadable != number))
        {
            // Somebody began anew with another key: the next event is signed with that one, or not at all.
            await LoadAsync(renews: false, state => state.Key?.Number != number, cancellationToken);
        }

        return key;
    }

    public void Dispose() => _oneAtATime.Dispose();

    private async Task<State> LoadAsync(bool renews, Predicate<State> isDue, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            if (_state is null || isDue(_state))
            {
                var before = _state?.Unreadable;
                _state = await LoadAsync(renews, cancellationToken);
                if (_state.Unreadable is { } number && number != before)
                {
                    Log.ActivityKeyUnreadable(logger, number);
                }
            }

            return _state;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <remarks>The chain says which key signs: a row that somebody puts in beside it changes nothing.</remarks>
    private async Task<State> LoadAsync(bool renews, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        while (true)
        {
            var chain = await context.ActivityChains.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
            var stored = (await context.StoredKeys.AsNoTracking().Where(key => key.Name.StartsWith(Prefix)).ToListAsync(cancellationToken))
                .Select(key => (Number: NumberOf(key.Name), key.ProtectedValue))
                .Where(key => key.Number > 0)
                .ToDictionary(key => key.Number, key => key.ProtectedValue);
            if (chain is null && stored.Count == 0)
            {
                await MakeAsync(context, 1, begins: true, cancellationToken);
                continue;
            }

            var number = chain?.KeyNumber ?? stored.Keys.Max();
            if (stored.TryGetValue(number, out var value) && Read(number, value) is { } key)
            {
                return new State(key, null);
            }

            return renews ? new State(await RenewAsync(context, number, stored.Keys, cancellationToken), null) : new State(null, number);
        }
    }

    /// <summary>Makes the key that follows one that cannot be decrypted.</summary>
    private async Task<ActivityKey> RenewAsync(AppDbContext context, int lost, ICollection<int> taken, CancellationToken cancellationToken)
    {
        for (var number = Math.Max(lost, 0L) + 1; number < int.MaxValue; number++)
        {
            var next = (int)number;
            if (taken.Contains(next))
            {
                continue;
            }

            await MakeAsync(context, next, begins: false, cancellationToken);
            var name = NameOf(next);
            if (Read(next, await context.StoredKeys.Where(key => key.Name == name).Select(key => key.ProtectedValue).SingleAsync(cancellationToken)) is { } key)
            {
                Log.ActivityKeyRenewed(logger, lost, next);
                return key;
            }

            // Just now stored by somebody with other data-protection keys.
        }

        throw new InvalidOperationException($"No number is left for a new key of the activity: the one of {lost} is not from LazyMigrate. Set the column KeyNumber of ActivityChain to 1, or delete the rows of StoredKeys whose name begins with “{Prefix}” and that nobody can decrypt; then begin anew.");
    }

    /// <summary>Makes a key. With the very first one the chain begins, in the same transaction: where there is a key and no chain, somebody took the chain away.</summary>
    private async Task MakeAsync(AppDbContext context, int number, bool begins, CancellationToken cancellationToken)
    {
        var name = NameOf(number);
        var secret = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);
        var fresh = _protector.Protect(Convert.ToBase64String(secret));
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);

        // Whichever node is first stores its key; all read it back.
        var isFirst = await context.Database.ExecuteSqlAsync(
            $"""INSERT INTO "StoredKeys" ("Name", "ProtectedValue") VALUES ({name}, {fresh}) ON CONFLICT ("Name") DO NOTHING""",
            cancellationToken) == 1;
        if (isFirst && begins)
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

    /// <summary>The number in a key's name; 0 where it is none that <see cref="NameOf"/> gave.</summary>
    private static int NumberOf(string name) =>
        int.TryParse(name.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < int.MaxValue && NameOf(number) == name ? number : 0;

    private static string NameOf(int number) => Prefix + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>One of both: the key, or the number of the one that cannot be decrypted.</summary>
    private sealed record State(ActivityKey? Key, int? Unreadable);
}
