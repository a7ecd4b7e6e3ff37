using LazyMigrate.Core.Activity;

namespace LazyMigrate.Tests.Activity;

public class ActivityFactoryTests
{
    private readonly ActivityFactory _factory = new(TimeProvider.System, new NoActivityRequest());

    [Fact]
    public void Create_ManyWithinAMillisecond_IdsGrow()
    {
        var ids = new List<Guid>();
        for (var index = 0; index < 10_000; index++)
        {
            ids.Add(_factory.Create(ActivityKinds.ModeChanged).Id);
        }

        // SQLite compares the text of a UUID, PostgreSQL its bytes: the same order.
        Assert.Equal(ids.Select(id => id.ToString()).Order(StringComparer.Ordinal), ids.Select(id => id.ToString()));
        Assert.All(ids, id => Assert.Equal((7, 2), (id.Version, id.Variant >> 2)));
    }

    [Fact]
    public void Create_OnManyThreads_IdsAreOfOneEach()
    {
        var ids = new Guid[40_000];

        Parallel.For(0, ids.Length, index => ids[index] = _factory.Create(ActivityKinds.ModeChanged).Id);

        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Theory]
    [InlineData(0, ActivityEvent.DetailLength)]
    [InlineData(1, ActivityEvent.DetailLength - 1)]
    public void Create_LongDetail_EndsInAWholeCharacter(int lettersBefore, int length)
    {
        var detail = _factory.Create(ActivityKinds.ModeChanged, detail: new string('a', lettersBefore) + string.Concat(Enumerable.Repeat("😀", ActivityEvent.DetailLength))).Detail!;

        Assert.EndsWith("😀…", detail, StringComparison.Ordinal);
        Assert.True(detail.Length <= ActivityEvent.DetailLength && detail.Length >= length - 1, $"{detail.Length} characters");
    }
}
