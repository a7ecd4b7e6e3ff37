using System.Data;
using LazyMigrate.Core.Activity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace LazyMigrate.Core.Data;

/// <summary>The embedded default.</summary>
public sealed class SqliteAppDbContext(DbContextOptions<SqliteAppDbContext> options) : AppDbContext(options)
{
    // SQLite has one writer, and its transactions here are of the kind that begins as one (BEGIN IMMEDIATE).
    internal override Task<IDbContextTransaction> BeginAsOnlyWriterAsync(CancellationToken cancellationToken) =>
        Database.BeginTransactionAsync(cancellationToken);

    internal override Task<IDbContextTransaction> BeginWithoutOnlyWriterAsync(CancellationToken cancellationToken) =>
        BeginAsOnlyWriterAsync(cancellationToken);

    // This level is the one that the provider begins without asking to write (BEGIN DEFERRED); of a file with a write-ahead log the
    // transaction then sees one state, as all SQLite's do: https://www.sqlite.org/isolation.html.
    internal override Task<IDbContextTransaction> BeginSnapshotAsync(CancellationToken cancellationToken) =>
        Database.BeginTransactionAsync(IsolationLevel.ReadUncommitted, cancellationToken);

    // Not LIKE: without regard to case it needs an index of its own order. Behind all texts of a beginning comes the beginning with the last character there is.
    internal override IQueryable<ActivityEvent> OfNamesThatBegin(IQueryable<ActivityEvent> events, string typed, string lower, string title)
    {
        const string Last = "\U0010FFFF";
        var (typedEnd, lowerEnd, titleEnd) = (typed + Last, lower + Last, title + Last);
        return events.Where(item =>
            (item.SubjectName!.CompareTo(typed) >= 0 && item.SubjectName!.CompareTo(typedEnd) < 0)
            || (item.SubjectName!.CompareTo(lower) >= 0 && item.SubjectName!.CompareTo(lowerEnd) < 0)
            || (item.SubjectName!.CompareTo(title) >= 0 && item.SubjectName!.CompareTo(titleEnd) < 0)
            || (item.ActorName!.CompareTo(typed) >= 0 && item.ActorName!.CompareTo(typedEnd) < 0)
            || (item.ActorName!.CompareTo(lower) >= 0 && item.ActorName!.CompareTo(lowerEnd) < 0)
            || (item.ActorName!.CompareTo(title) >= 0 && item.ActorName!.CompareTo(titleEnd) < 0));
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // SQLite has no type for a point in time that can be compared and sorted: UTC milliseconds can.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMillisecondsConverter>();
    }

    private sealed class UnixMillisecondsConverter()
        : ValueConverter<DateTimeOffset, long>(
            time => time.ToUnixTimeMilliseconds(),
            milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
}

/// <summary>For <c>dotnet ef</c> only.</summary>
internal sealed class SqliteAppDbContextDesignTimeFactory : IDesignTimeDbContextFactory<SqliteAppDbContext>
{
    public SqliteAppDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteAppDbContext>().UseSqlite("Data Source=design-time.db").Options);
}
