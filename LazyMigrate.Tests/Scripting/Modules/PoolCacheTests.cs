using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Modules;
using Microsoft.Extensions.Time.Testing;

namespace LazyMigrate.Tests.Scripting.Modules;

public sealed class PoolCacheTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Find_SameTarget_IsTheSamePool_AndItsHealthIsRead()
    {
        var cache = new PoolCache<TestPool>("pg", _time);
        var entry = cache.Find("a", "db:5432/shop", () => new TestPool());
        entry.Failed("ECONNREFUSED");
        entry.Failed("28P01");
        Assert.Equal(new LegacyPoolHealth("pg", "db:5432/shop", 0, 0, 2, "28P01", _time.GetUtcNow()), Assert.Single(cache.Read()));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Same(entry, cache.Find("a", "db:5432/shop", () => throw new InvalidOperationException()));
        entry.Leased();
        entry.Leased();
        entry.GivenBack();

        Assert.Equal(new LegacyPoolHealth("pg", "db:5432/shop", 1, 2, 2, null, _time.GetUtcNow()), Assert.Single(cache.Read()));
    }

    [Fact]
    public void Find_TooManyTargets_ClosesTheLongestUnused()
    {
        var cache = new PoolCache<TestPool>("pg", _time);
        var entries = Enumerable.Range(0, 32).Select(i => cache.Find($"{i}", "", () => new TestPool())).ToList();
        cache.Find("0", "", () => throw new InvalidOperationException());

        cache.Find("more", "", () => new TestPool());

        Assert.Equal([1], entries.Select((entry, index) => (entry.Pool.IsClosed, index)).Where(each => each.IsClosed).Select(each => each.index));
        Assert.Equal(32, cache.Read().Count);
    }

    [Fact]
    public async Task Close_AllModules_ClosesEveryPool_AndTheNextIsNew()
    {
        var (pg, mysql) = (new PoolCache<TestPool>("pg", _time), new PoolCache<TestPool>("mysql", _time));
        var pools = new LegacyPools([pg, mysql]);
        var first = pg.Find("a", "one", () => new TestPool());
        _time.Advance(TimeSpan.FromSeconds(1));
        mysql.Find("a", "two", () => new TestPool());
        Assert.Equal(["two", "one"], pools.Read().Select(pool => pool.Address));

        await pools.CloseAsync();

        Assert.True(first.Pool.IsClosed);
        Assert.Empty(pools.Read());
        Assert.NotSame(first, pg.Find("a", "one", () => new TestPool()));
    }

    private sealed class TestPool : IAsyncDisposable
    {
        public bool IsClosed { get; private set; }

        public ValueTask DisposeAsync()
        {
            IsClosed = true;
            return ValueTask.CompletedTask;
        }
    }
}
