using LazyMigrate.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Core.Activity;

/// <summary>Reads activity for the console.</summary>
public sealed class ActivityQueries(IDbContextFactory<AppDbContext> contexts, TimeProvider time)
{
    /// <summary>The newest events, optionally those of one person.</summary>
    public async Task<IReadOnlyList<ActivityEvent>> LatestAsync(int count, Guid? subjectId = null, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var events = context.ActivityEvents.AsNoTracking();
        if (subjectId is not null)
        {
            events = events.Where(item => item.SubjectId == subjectId || item.ActorId == subjectId);
        }

        return await events.OrderByDescending(item => item.Time).ThenByDescending(item => item.Id).Take(count).ToListAsync(cancellationToken);
    }

    /// <summary>How often each kind happened on each of the last days, today (UTC) last; days without events are there, too.</summary>
    public async Task<IReadOnlyList<ActivityDay>> DailyAsync(int days, CancellationToken cancellationToken = default)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var first = today.AddDays(1 - days);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var counts = await context.ActivityEvents
            .Where(item => item.Day >= first)
            .GroupBy(item => new { item.Day, item.Kind })
            .Select(group => new { group.Key.Day, group.Key.Kind, Count = group.Count() })
            .ToListAsync(cancellationToken);
        return Enumerable.Range(0, days)
            .Select(first.AddDays)
            .Select(day => new ActivityDay(day, counts.Where(count => count.Day == day).ToDictionary(count => count.Kind, count => count.Count)))
            .ToList();
    }
}

/// <summary>One day of activity.</summary>
/// <param name="Day">In UTC.</param>
/// <param name="Counts">Kinds that happened, and how often.</param>
public sealed record ActivityDay(DateOnly Day, IReadOnlyDictionary<string, int> Counts)
{
    /// <summary>How often a kind happened that day.</summary>
    public int this[string kind] => Counts.GetValueOrDefault(kind);
}
