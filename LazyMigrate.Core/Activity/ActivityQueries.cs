using System.Globalization;
using System.Runtime.CompilerServices;
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

    /// <summary>One page of the events that pass a filter, the newest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="page">From 0.</param>
    /// <param name="size">How many a page has.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ActivityPageResult> ListAsync(ActivityFilter filter, int page, int size, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var events = await Newest(Filter(context, filter))
            .Skip(Math.Clamp(page, 0, int.MaxValue / size) * size)
            .Take(size + 1)
            .ToListAsync(cancellationToken);
        return new ActivityPageResult(events.Take(size).ToList(), events.Count > size);
    }

    /// <summary>All events that pass a filter, the newest first, as they are read: there may be millions.</summary>
    public async IAsyncEnumerable<ActivityEvent> StreamAsync(ActivityFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await foreach (var item in Newest(Filter(context, filter)).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return item;
        }
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

    private static IOrderedQueryable<ActivityEvent> Newest(IQueryable<ActivityEvent> events) =>
        events.OrderByDescending(item => item.Time).ThenByDescending(item => item.Id);

    private static IQueryable<ActivityEvent> Filter(AppDbContext context, ActivityFilter filter)
    {
        var events = context.ActivityEvents.AsNoTracking();
        if (!string.IsNullOrEmpty(filter.Kind))
        {
            var kind = filter.Kind;
            events = kind.EndsWith('.') ? events.Where(item => item.Kind.StartsWith(kind)) : events.Where(item => item.Kind == kind);
        }

        if (Guid.TryParse(filter.Person, out var id))
        {
            events = events.Where(item => item.SubjectId == id || item.ActorId == id);
        }
        else if (!string.IsNullOrEmpty(filter.Person))
        {
            // Identifiers are stored in lower case, people's names mostly with a capital.
            var lower = filter.Person.ToLowerInvariant();
            events = context.OfNamesThatBegin(events, filter.Person, lower, CultureInfo.InvariantCulture.TextInfo.ToTitleCase(lower));
        }

        if (filter.From is { } from)
        {
            events = events.Where(item => item.Time >= from);
        }

        if (filter.To is { } to)
        {
            events = events.Where(item => item.Time < to);
        }

        if (!string.IsNullOrEmpty(filter.Outcome))
        {
            var outcome = filter.Outcome;
            events = events.Where(item => item.Outcome == outcome);
        }

        if (!string.IsNullOrEmpty(filter.CorrelationId))
        {
            var correlation = filter.CorrelationId;
            events = events.Where(item => item.CorrelationId == correlation);
        }

        return events;
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
