using System.Data;
using LazyMigrate.Core.Activity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage;

namespace LazyMigrate.Core.Data;

/// <summary>For several nodes.</summary>
public sealed class PostgresAppDbContext(DbContextOptions<PostgresAppDbContext> options) : AppDbContext(options)
{
    internal override async Task<IDbContextTransaction> BeginAsOnlyWriterAsync(CancellationToken cancellationToken)
    {
        var transaction = await Database.BeginTransactionAsync(cancellationToken);

        // Readers go on; another writer waits for the end of this transaction, and then sees what it stored.
        await Database.ExecuteSqlAsync($"""LOCK TABLE "CustomDatabases" IN SHARE ROW EXCLUSIVE MODE""", cancellationToken);
        return transaction;
    }

    internal override async Task<IDbContextTransaction> BeginWithoutOnlyWriterAsync(CancellationToken cancellationToken)
    {
        var transaction = await Database.BeginTransactionAsync(cancellationToken);

        // Nobody else's of the same kind, but the other one's.
        await Database.ExecuteSqlAsync($"""LOCK TABLE "CustomDatabases" IN ROW EXCLUSIVE MODE""", cancellationToken);
        return transaction;
    }

    internal override Task<IDbContextTransaction> BeginSnapshotAsync(CancellationToken cancellationToken) =>
        Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);

    internal override IQueryable<ActivityEvent> OfNamesThatBegin(IQueryable<ActivityEvent> events, string typed, string lower, string title) =>
        events.Where(item =>
            item.SubjectName!.StartsWith(typed) || item.SubjectName!.StartsWith(lower) || item.SubjectName!.StartsWith(title)
            || item.ActorName!.StartsWith(typed) || item.ActorName!.StartsWith(lower) || item.ActorName!.StartsWith(title));

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);

        // In the order of a language, texts of one beginning need not stand together: https://www.postgresql.org/docs/current/indexes-opclass.html.
        builder.Entity<ActivityEvent>(events =>
        {
            events.HasIndex(item => item.ActorName).HasOperators("text_pattern_ops");
            events.HasIndex(item => item.SubjectName).HasOperators("text_pattern_ops");
        });
    }
}

/// <summary>For <c>dotnet ef</c> only.</summary>
internal sealed class PostgresAppDbContextDesignTimeFactory : IDesignTimeDbContextFactory<PostgresAppDbContext>
{
    public PostgresAppDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresAppDbContext>().UseNpgsql("Host=design-time").Options);
}
