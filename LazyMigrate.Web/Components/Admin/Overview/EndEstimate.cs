using LazyMigrate.Core.Activity;

namespace LazyMigrate.Web.Components.Admin.Overview;

/// <summary>When the last person will have moved, if they keep coming as they came.</summary>
/// <param name="PerDay">Moves on an average day.</param>
/// <param name="Earliest">At the upper end of the range.</param>
/// <param name="Expected">At the average.</param>
/// <param name="Latest">At the lower end of the range, or null where that end is not in sight.</param>
internal sealed record EndEstimate(double PerDay, DateOnly Earliest, DateOnly Expected, DateOnly? Latest)
{
    // The moving average's window: short enough to follow a slackening migration, long enough to hold a weekend twice.
    private const int Window = 14;
    private const int FewestDays = 3;

    // Of a normal distribution 95 % lie within so many standard errors.
    private const double Spread = 1.96;
    private const int HorizonDays = 3650;

    /// <summary>Estimates from whole days since the first move; null with fewer than three of them, or where nobody moves.</summary>
    /// <param name="days">The last days, today last; today is not over and does not count.</param>
    /// <param name="left">How many have not moved.</param>
    public static EndEstimate? Of(IReadOnlyList<ActivityDay> days, long left)
    {
        if (days.Count == 0 || left <= 0)
        {
            return null;
        }

        var today = days[^1].Day;
        var moves = days
            .SkipWhile(day => day[ActivityKinds.UserMigrated] == 0)
            .Where(day => day.Day < today)
            .Select(day => (double)day[ActivityKinds.UserMigrated])
            .TakeLast(Window)
            .ToList();
        var perDay = moves.Count == 0 ? 0 : moves.Average();
        if (moves.Count < FewestDays || perDay <= 0)
        {
            return null;
        }

        var error = Math.Sqrt(moves.Sum(move => (move - perDay) * (move - perDay)) / (moves.Count - 1) / moves.Count);
        if (DayAt(perDay) is not { } expected || DayAt(perDay + (Spread * error)) is not { } earliest)
        {
            return null;
        }

        return new EndEstimate(perDay, earliest, expected, DayAt(perDay - (Spread * error)));

        DateOnly? DayAt(double rate) => rate > 0 && left / rate <= HorizonDays ? today.AddDays((int)Math.Ceiling(left / rate)) : null;
    }
}
