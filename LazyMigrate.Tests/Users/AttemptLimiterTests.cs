using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Attempts;
using LazyMigrate.Tests.TestServices;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Tests.Users;

/// <summary>Attempts are counted exactly, on both databases.</summary>
[Collection(nameof(PostgresCollection))]
public sealed class AttemptLimiterTests(PostgresServer server)
{
    private static readonly UserIdentifier s_ada = new(IdentifierKind.Email, "ada@example.org");

    [Theory]
    [InlineData(10)]
    [InlineData(200)]
    public async Task Sqlite_ParallelAttempts_ExactlyTheLimitIsAllowed(int attempts)
    {
        await using var database = await TestDatabase.CreateAsync();
        await ExactlyTenAsync(database, database, attempts);
    }

    [SkippableTheory]
    [InlineData(10)]
    [InlineData(500)]
    public async Task Postgres_ParallelAttemptsOnTwoNodes_ExactlyTheLimitIsAllowed(int attempts)
    {
        await using var first = await TestDatabase.CreateAsync(server, SharedKeys);
        await using var second = await TestDatabase.JoinAsync(first, SharedKeys);
        await ExactlyTenAsync(first, second, attempts);
    }

    [Fact]
    public async Task RightPasswordsAtOnce_AreAllAllowed()
    {
        await using var database = await TestDatabase.CreateAsync();
        var limiter = database.Get<AttemptLimiter>();

        var allowed = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () =>
        {
            var charge = await limiter.ChargeAsync(s_ada, "192.0.2.1", null, CancellationToken.None);
            await limiter.SettleAsync(charge, isRefunded: true, CancellationToken.None);
            return charge.IsAllowed;
        })));

        Assert.All(allowed, Assert.True);
        Assert.All(await database.ReadAsync(context => context.AttemptCounts.ToListAsync()), row => Assert.Equal((0, 0), (row.Count, row.Pending)));
    }

    [Fact]
    public async Task Window_Over_CountsAnew_AndOldRowsGo()
    {
        await using var database = await TestDatabase.CreateAsync();
        Assert.Equal(10, await FailAsync(database, s_ada, 11));
        Assert.Equal(1, await FailAsync(database, s_ada with { Canonical = "grace@example.org" }, 1));

        database.Time.Advance(TimeSpan.FromMinutes(15));

        Assert.Equal(10, await FailAsync(database, s_ada, 11));
        Assert.Equal(1, await database.ReadAsync(context => context.AttemptCounts.CountAsync()));
    }

    [Fact]
    public async Task Refunded_DoesNotCount()
    {
        await using var database = await TestDatabase.CreateAsync();
        var limiter = database.Get<AttemptLimiter>();
        Assert.Equal(9, await FailAsync(database, s_ada, 9));
        for (var i = 0; i < 5; i++)
        {
            var charge = await limiter.ChargeAsync(s_ada, null, null, CancellationToken.None);
            Assert.True(charge is { IsAllowed: true, IsLast: true });
            await limiter.SettleAsync(charge, isRefunded: true, CancellationToken.None);
        }

        Assert.Equal(1, await FailAsync(database, s_ada, 3));
    }

    [Fact]
    public async Task KindsOfIdentifiersAddressesAndDevices_HaveCountsOfTheirOwn()
    {
        await using var database = await TestDatabase.CreateAsync();
        Assert.Equal(10, await FailAsync(database, s_ada, 12));

        Assert.Equal(10, await FailAsync(database, s_ada with { Kind = IdentifierKind.UserName }, 12));
        Assert.Equal(10, await FailAsync(database, s_ada, 12, deviceId: "device"));
        Assert.Equal(0, await FailAsync(database, s_ada, 1));
    }

    [Fact]
    public async Task AllDevicesOfAnIdentifier_HaveFiveTimesAsMany()
    {
        await using var database = await TestDatabase.CreateAsync();
        var allowed = 0;
        for (var device = 0; device < 7; device++)
        {
            allowed += await FailAsync(database, s_ada, 8, deviceId: $"device {device}");
        }

        Assert.Equal(50, allowed);
        Assert.Equal(10, await FailAsync(database, s_ada, 11));
        Assert.Equal(8, await FailAsync(database, s_ada with { Canonical = "grace@example.org" }, 8, deviceId: "grace's"));
    }

    [Fact]
    public async Task SecondFactor_DevicesHaveCountsOfTheirOwn_AndTheDayAllOfThem()
    {
        await using var database = await TestDatabase.CreateAsync(services => services.Configure<ThrottleOptions>(options => (options.AttemptsPerIdentifier, options.CodesPerDay) = (2, 3)));
        var user = Guid.NewGuid();

        Assert.Equal((2, false), await FailCodesAsync(database, user, null, 5));
        Assert.Equal((2, false), await FailCodesAsync(database, user, "device", 5));
        database.Time.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal((1, true), await FailCodesAsync(database, user, null, 5));
        Assert.Equal((1, true), await FailCodesAsync(database, user, "device", 5));

        var allowed = 0;
        for (var device = 0; device < 10; device++)
        {
            allowed += (await FailCodesAsync(database, user, $"device {device}", 2)).Allowed;
        }

        Assert.Equal((5 * 2) - 1, allowed);
        database.Time.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal((2, false), await FailCodesAsync(database, user, "another", 5));
        Assert.Equal((1, true), await FailCodesAsync(database, user, "yet another", 5));
    }

    [Fact]
    public async Task Address_LimitsWhoeverIsTried_AndTakesNothingFromThem()
    {
        await using var database = await TestDatabase.CreateAsync(services => services.Configure<ThrottleOptions>(options => options.AttemptsPerAddress = 3));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(1, await FailAsync(database, new UserIdentifier(IdentifierKind.Email, $"user{i}@example.org"), 1, address: $"2001:db8:1:2::{i + 1}"));
        }

        Assert.Equal(0, await FailAsync(database, s_ada, 5, address: "2001:db8:1:2:ffff::9"));
        Assert.Equal(0, await FailAsync(database, null, 1, address: "2001:db8:1:2::"));
        Assert.Equal(10, await FailAsync(database, s_ada, 11));
        Assert.Equal(1, await FailAsync(database, null, 1, address: "2001:db8:1:3::1"));
    }

    [Fact]
    public async Task Table_TellsNeitherWhoNorFromWhere()
    {
        await using var database = await TestDatabase.CreateAsync();
        await FailAsync(database, s_ada, 1, address: "192.0.2.1");

        var rows = await database.ReadAsync(context => context.AttemptCounts.ToListAsync());
        Assert.Equal(2, rows.Count);
        Assert.All(rows, row => Assert.Matches("^[0-9a-f]{64}$", row.Key));
        var key = await database.ReadAsync(context => context.StoredKeys.SingleAsync(row => !row.Name.StartsWith("activity.")));
        Assert.NotEqual(32, Convert.TryFromBase64String(key.ProtectedValue, new byte[256], out var length) ? length : 0);
    }

    [Fact]
    public async Task Keys_WrittenWithLostDataProtection_AreMadeAnew()
    {
        await using var database = await TestDatabase.CreateAsync();
        var other = new EphemeralDataProtectionProvider();
        using var lost = new AttemptKeys(database.Contexts, other);
        using var again = new AttemptKeys(database.Contexts, database.Get<IDataProtectionProvider>());
        var before = await lost.OfAsync("x", "y", CancellationToken.None);

        var after = await database.Get<AttemptKeys>().OfAsync("x", "y", CancellationToken.None);

        Assert.NotEqual(before, after);
        Assert.Equal(after, await again.OfAsync("x", "y", CancellationToken.None));
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8:1:2:3:4:5:6", "20010db800010002/64")]
    [InlineData("fe80::1%1", "fe80000000000000/64")]
    [InlineData(null, null)]
    public void NetworkOf_IsWhatCountsAsOneAddress(string? address, string? network) => Assert.Equal(network, AttemptLimiter.NetworkOf(address));

    [Fact]
    public void Options_OutOfRange_NameTheirKeys()
    {
        var options = new ThrottleOptions { AttemptsPerIdentifier = 0, AttemptsPerAddress = -1, IdentifierWindow = TimeSpan.Zero, AddressWindow = TimeSpan.FromDays(2) };

        Assert.Equal(
            ["AttemptsPerIdentifier", "AttemptsPerAddress", "IdentifierWindow", "AddressWindow"],
            options.FindProblems().Select(problem => problem.Split(' ')[0].Split(':')[^1]));
        Assert.Empty(new ThrottleOptions().FindProblems());
    }

    private static readonly EphemeralDataProtectionProvider s_protection = new();

    private static void SharedKeys(IServiceCollection services) => services.AddSingleton<IDataProtectionProvider>(s_protection);

    private static async Task ExactlyTenAsync(TestDatabase first, TestDatabase second, int attempts)
    {
        var allowed = 0;
        await Task.WhenAll(Enumerable.Range(0, attempts).Select(i => Task.Run(async () =>
            Interlocked.Add(ref allowed, await FailAsync(i % 2 == 0 ? first : second, s_ada, 1)))));

        Assert.Equal(10, allowed);
        Assert.Equal(10, (await first.ReadAsync(context => context.AttemptCounts.SingleAsync())).Count);
    }

    /// <returns>How many were allowed, each of which fails; and whether the last one was refused for the day.</returns>
    private static async Task<(int Allowed, bool IsRefusedToday)> FailCodesAsync(TestDatabase database, Guid user, string? deviceId, int attempts)
    {
        var limiter = database.Get<AttemptLimiter>();
        var allowed = 0;
        var charge = AttemptCharge.Nothing;
        for (var i = 0; i < attempts; i++)
        {
            charge = await limiter.ChargeSecondFactorAsync(user, deviceId, CancellationToken.None);
            if (charge.IsAllowed)
            {
                allowed++;
                await limiter.SettleAsync(charge, isRefunded: false, CancellationToken.None);
            }
        }

        return (allowed, charge.IsRefusedToday);
    }

    /// <returns>How many of the attempts were allowed; each fails.</returns>
    private static async Task<int> FailAsync(TestDatabase database, UserIdentifier? identifier, int attempts, string? address = null, string? deviceId = null)
    {
        var limiter = database.Get<AttemptLimiter>();
        var allowed = 0;
        for (var i = 0; i < attempts; i++)
        {
            var charge = await limiter.ChargeAsync(identifier, address, deviceId, CancellationToken.None);
            if (charge.IsAllowed)
            {
                allowed++;
                await limiter.SettleAsync(charge, isRefunded: false, CancellationToken.None);
            }
        }

        return allowed;
    }
}
