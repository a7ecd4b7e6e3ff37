using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Data;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Packages;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Core.CustomDatabases.Packages;

/// <summary>The packages of pure JavaScript that administrators bring along for their scripts.</summary>
public sealed class ScriptPackageManager(
    IDbContextFactory<AppDbContext> contexts,
    IScriptInspector inspector,
    StoredPackageSource source,
    ScriptPackages packages,
    ActivityFactory activity,
    TimeProvider time)
{
    /// <summary>All, by name and version.</summary>
    public async Task<IReadOnlyList<PackageSummary>> ListAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var stored = await context.ScriptPackages.AsNoTracking()
            .Select(package => new
            {
                package.Id,
                package.Name,
                package.Version,
                package.License,
                package.Integrity,
                ArchiveLength = package.Archive.Length,
                package.UnpackedLength,
                package.FileCount,
                package.HasInstallScripts,
                package.AddedBy,
                package.AddedAt,
            })
            .ToListAsync(cancellationToken);
        var uses = await UsesAsync(context, cancellationToken);
        var summaries = new List<PackageSummary>();
        foreach (var package in stored.OrderBy(package => package.Name, StringComparer.Ordinal).ThenBy(package => package.Version, StringComparer.Ordinal))
        {
            summaries.Add(new PackageSummary(
                package.Id,
                package.Name,
                package.Version,
                package.License,
                package.Integrity,
                package.ArchiveLength,
                package.UnpackedLength,
                package.FileCount,
                package.HasInstallScripts,
                package.AddedBy,
                package.AddedAt,
                await packages.FindMissingAsync(new ScriptPackageId(package.Name, package.Version), cancellationToken),
                uses.TryGetValue(new ScriptPackageId(package.Name, package.Version), out var scripts) ? [.. scripts.Order()] : []));
        }

        return summaries;
    }

    /// <summary>Checks a tarball and stores it. Nothing of it is run.</summary>
    public async Task<PackageAddition> AddAsync(Stream archive, ActivityActor actor, CancellationToken cancellationToken = default)
    {
        byte[] bytes;
        ScriptPackage package;
        try
        {
            bytes = await PackageArchive.ReadAllAsync(archive, cancellationToken);

            // Away from the circuit: unpacking a large one takes a second.
            package = await Task.Run(() => PackageArchive.Read(bytes), cancellationToken);
        }
        catch (PackageRefusedException exception)
        {
            return new PackageAddition.Refused(exception.Message);
        }

        if (packages.IsReserved(package.Name))
        {
            return new PackageAddition.Refused($"{package.Name} is built in: its connections go through this server, and a package of that name could not be used.");
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindSameAsync(context, package, cancellationToken) is { } there)
        {
            return there;
        }

        context.Add(new StoredPackage
        {
            Name = package.Name,
            Version = package.Version,
            License = package.License is { Length: > StoredPackage.LicenseLength } license ? license[..StoredPackage.LicenseLength] : package.License,
            Integrity = package.Integrity,
            Archive = bytes,
            UnpackedLength = package.UnpackedLength,
            FileCount = package.Files.Count,
            HasInstallScripts = package.HasInstallScripts,
            AddedBy = actor.Name,
            AddedAt = time.GetUtcNow(),
        });
        context.Add(activity.Create(
            ActivityKinds.ScriptPackageAdded,
            actor,
            detail: $"{package.Name}@{package.Version}, {package.License ?? "no licence stated"}, {package.Integrity[..20]}…"));
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (UniqueViolation.Is(exception))
        {
            // Somebody else was quicker.
            return await FindSameAsync(context, package, cancellationToken) ?? Different(package);
        }

        await source.RefreshAsync(cancellationToken);
        return new PackageAddition.Added(
            package.Name,
            package.Version,
            package.License,
            package.HasInstallScripts,
            await packages.FindMissingAsync(new ScriptPackageId(package.Name, package.Version), cancellationToken));
    }

    /// <summary>Removes one that no published script needs.</summary>
    public async Task<PackageRemoval> RemoveAsync(string name, string version, ActivityActor actor, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await source.RefreshAsync(cancellationToken);
        var uses = await UsesAsync(context, cancellationToken);
        if (uses.TryGetValue(new ScriptPackageId(name, version), out var scripts))
        {
            return new PackageRemoval.InUse([.. scripts.Order()]);
        }

        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var removed = await context.ScriptPackages.Where(package => package.Name == name && package.Version == version).ExecuteDeleteAsync(cancellationToken);
        if (removed == 0)
        {
            return new PackageRemoval.Gone();
        }

        context.Add(activity.Create(ActivityKinds.ScriptPackageRemoved, actor, detail: $"{name}@{version}"));
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await source.RefreshAsync(cancellationToken);
        return new PackageRemoval.Removed();
    }

    /// <summary>How adding it ends where that name and version is there already; null where it is not.</summary>
    private static async Task<PackageAddition?> FindSameAsync(AppDbContext context, ScriptPackage package, CancellationToken cancellationToken)
    {
        var integrity = await context.ScriptPackages
            .Where(other => other.Name == package.Name && other.Version == package.Version)
            .Select(other => other.Integrity)
            .FirstOrDefaultAsync(cancellationToken);
        return integrity is null ? null
            : integrity == package.Integrity ? new PackageAddition.AlreadyThere(package.Name, package.Version)
            : Different(package);
    }

    private static PackageAddition.Refused Different(ScriptPackage package) =>
        new($"Another tarball of {package.Name}@{package.Version} is there already. Remove it first if this one is meant.");

    /// <summary>Which published scripts need which packages, over all their dependencies.</summary>
    private async Task<Dictionary<ScriptPackageId, HashSet<ScriptKind>>> UsesAsync(AppDbContext context, CancellationToken cancellationToken)
    {
        var published = await context.DatabaseScripts.AsNoTracking()
            .Where(script => script.PublishedVersion != null)
            .Select(script => new { script.Kind, script.PublishedVersion!.Source })
            .ToListAsync(cancellationToken);
        var uses = new Dictionary<ScriptPackageId, HashSet<ScriptKind>>();
        foreach (var script in published)
        {
            foreach (var id in await packages.FindNeededAsync(inspector.Inspect(script.Kind, script.Source).Requests, cancellationToken))
            {
                (uses.TryGetValue(id, out var scripts) ? scripts : uses[id] = []).Add(script.Kind);
            }
        }

        return uses;
    }
}
