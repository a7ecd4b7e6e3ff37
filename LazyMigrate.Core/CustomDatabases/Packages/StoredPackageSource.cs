using LazyMigrate.Core.Data;
using LazyMigrate.Core.Scripting.Packages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace LazyMigrate.Core.CustomDatabases.Packages;

/// <summary>The packages in the database, for scripts: the list is read again every few seconds, the files are kept while they are in use.</summary>
public sealed partial class StoredPackageSource(IDbContextFactory<AppDbContext> contexts, TimeProvider time, ILogger<StoredPackageSource> logger) : IScriptPackageSource
{
    /// <summary>How old the list may be. Another node's changes are seen after that; this node's at once.</summary>
    private static readonly TimeSpan s_listAge = TimeSpan.FromSeconds(5);

    /// <summary>Bytes of unpacked files that are kept.</summary>
    private const long KeptBytes = 192L << 20;

    private readonly Lock _lock = new();
    private readonly LinkedList<ScriptPackage> _kept = new();
    private IReadOnlyList<ScriptPackageId> _list = [];
    private DateTimeOffset _listedAt = DateTimeOffset.MinValue;
    private Task _listing = Task.CompletedTask;

    /// <summary>What was there when it was last read. A list that is too old is read anew in the background; only the very first is waited for.</summary>
    public IReadOnlyList<ScriptPackageId> List()
    {
        lock (_lock)
        {
            if (_listing.IsCompleted && time.GetUtcNow() - _listedAt > s_listAge)
            {
                _listing = Task.Run(() => RefreshAsync(CancellationToken.None));
            }
        }

        if (_listedAt == DateTimeOffset.MinValue)
        {
            _listing.GetAwaiter().GetResult();
        }

        return _list;
    }

    public async ValueTask<ScriptPackage?> FindAsync(ScriptPackageId id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        lock (_lock)
        {
            for (var node = _kept.First; node is not null; node = node.Next)
            {
                if (node.Value.Name == id.Name && node.Value.Version == id.Version)
                {
                    _kept.Remove(node);
                    _kept.AddFirst(node);
                    return node.Value;
                }
            }
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var archive = await context.ScriptPackages
            .Where(package => package.Name == id.Name && package.Version == id.Version)
            .Select(package => package.Archive)
            .FirstOrDefaultAsync(cancellationToken);
        return archive is null ? null : Keep(PackageArchive.Read(archive));
    }

    /// <summary>Reads the list anew, for whoever has just changed it.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            var list = await context.ScriptPackages.Select(package => new ScriptPackageId(package.Name, package.Version)).ToListAsync(cancellationToken);
            lock (_lock)
            {
                _list = list;
                for (var node = _kept.First; node is not null;)
                {
                    var next = node.Next;
                    if (!list.Contains(new ScriptPackageId(node.Value.Name, node.Value.Version)))
                    {
                        _kept.Remove(node);
                    }

                    node = next;
                }
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The list that is there goes on; the next attempt comes by itself.
            PackagesNotListed(exception);
        }
        finally
        {
            _listedAt = time.GetUtcNow();
        }
    }

    private ScriptPackage Keep(ScriptPackage package)
    {
        lock (_lock)
        {
            _kept.AddFirst(package);
            var bytes = 0L;
            for (var node = _kept.First; node is not null;)
            {
                var next = node.Next;
                bytes += node.Value.UnpackedLength;
                if (bytes > KeptBytes && node != _kept.First)
                {
                    _kept.Remove(node);
                }

                node = next;
            }
        }

        return package;
    }

    [LoggerMessage(3001, LogLevel.Error, "The list of script packages could not be read; the one that was read before is used")]
    private partial void PackagesNotListed(Exception exception);
}
