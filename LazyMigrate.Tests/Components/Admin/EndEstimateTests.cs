using LazyMigrate.Core.Activity;
using LazyMigrate.Web.Components.Admin.Overview;

namespace LazyMigrate.Tests.Components.Admin;

public sealed class EndEstimateTests
{
    private static readonly DateOnly s_today = new(2026, 3, 10);

    [Fact]
    public void Of_SteadyMoves_HasNoRange() =>
        Assert.Equal(new EndEstimate(10, new(2026, 3, 20), new(2026, 3, 20), new(2026, 3, 20)), EndEstimate.Of(Days(10, 10, 10, 3), 100));

    [Fact]
    public void Of_UnevenMoves_HasARange()
    {
        var estimate = EndEstimate.Of(Days(5, 10, 15, 0), 100);

        Assert.NotNull(estimate);
        Assert.Equal(new(2026, 3, 20), estimate.Expected);
        Assert.True(estimate.Earliest < estimate.Expected);
        Assert.True(estimate.Latest > estimate.Expected);
    }

    [Fact]
    public void Of_VeryUnevenMoves_HasNoLatestDay() => Assert.Null(EndEstimate.Of(Days(30, 0, 0, 0), 100)!.Latest);

    [Theory]
    [InlineData(100, 10, 10, 3)]
    [InlineData(100, 0, 0, 0, 0)]
    [InlineData(0, 10, 10, 10, 3)]
    public void Of_TooLittleToGoBy_IsNull(long left, params int[] moves) => Assert.Null(EndEstimate.Of(Days(moves), left));

    private static List<ActivityDay> Days(params int[] moves) => moves
        .Select((count, index) => new ActivityDay(
            s_today.AddDays(index + 1 - moves.Length),
            count == 0 ? new Dictionary<string, int>() : new Dictionary<string, int> { [ActivityKinds.UserMigrated] = count }))
        .ToList();
}
