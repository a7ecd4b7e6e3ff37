using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Activity.Chain;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.CustomDatabases.Packages;
using LazyMigrate.Core.Outbox;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Attempts;
using LazyMigrate.Core.Users.Conflicts;
using LazyMigrate.Core.Users.SecondFactors;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace LazyMigrate.Core.Data;

/// <summary>Everything that is stored. One sealed subclass per provider, each with its own generated migrations.</summary>
public abstract class AppDbContext(DbContextOptions options)
    : IdentityDbContext<AppUser, AppRole, Guid>(options), IDataProtectionKeyContext
{
    public DbSet<ActivityChain> ActivityChains => Set<ActivityChain>();

    public DbSet<ActivityRemoval> ActivityRemovals => Set<ActivityRemoval>();

    public DbSet<ActivityEvent> ActivityEvents => Set<ActivityEvent>();

    public DbSet<AttemptCount> AttemptCounts => Set<AttemptCount>();

    public DbSet<CustomDatabase> CustomDatabases => Set<CustomDatabase>();

    public DbSet<DatabaseScript> DatabaseScripts => Set<DatabaseScript>();

    public DbSet<MigrationConflict> MigrationConflicts => Set<MigrationConflict>();

    public DbSet<OutboxMessage> OutboxMessages => Set<OutboxMessage>();

    public DbSet<StoredPackage> ScriptPackages => Set<StoredPackage>();

    public DbSet<ScriptTestCase> ScriptTestCases => Set<ScriptTestCase>();

    public DbSet<ScriptVersion> ScriptVersions => Set<ScriptVersion>();

    public DbSet<StoredKey> StoredKeys => Set<StoredKey>();

    public DbSet<Tombstone> Tombstones => Set<Tombstone>();

    public DbSet<TotpFactor> TotpFactors => Set<TotpFactor>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>Begins a transaction in which nobody else, on any node, can store a custom database: there is one at a time, and no index can say so.</summary>
    internal abstract Task<IDbContextTransaction> BeginAsOnlyWriterAsync(CancellationToken cancellationToken);

    /// <summary>Begins a transaction in which the custom databases stay as they are, on all nodes; others like it run at the same time.</summary>
    internal abstract Task<IDbContextTransaction> BeginWithoutOnlyWriterAsync(CancellationToken cancellationToken);

    /// <summary>Begins a transaction that reads everything as it is now, whatever others commit meanwhile; they do not wait for it.</summary>
    internal abstract Task<IDbContextTransaction> BeginSnapshotAsync(CancellationToken cancellationToken);

    /// <summary>The events in which the name of the subject or the actor begins in one of three ways of writing. Case matters, and so an index of the column finds them.</summary>
    internal abstract IQueryable<ActivityEvent> OfNamesThatBegin(IQueryable<ActivityEvent> events, string typed, string lower, string title);

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(AppDbContext).Assembly);
    }
}
