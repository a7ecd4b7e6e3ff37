using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Users;
using LazyMigrate.Tests.TestServices;
using Microsoft.AspNetCore.Identity;

namespace LazyMigrate.Tests.Users;

public abstract class UserQueriesTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [SkippableFact]
    public async Task ListAsync_Pages_ShowEverybodyOnce()
    {
        await using var database = await CreateDatabaseAsync();

        // All of one moment: only the id tells them apart.
        await database.AddAsync([.. Enumerable.Range(0, 23).Select(index => User($"user{index:00}", s_start))]);
        var queries = database.Get<UserQueries>();

        foreach (var order in Enum.GetValues<UserListOrder>())
        {
            foreach (var descending in (bool[])[false, true])
            {
                var seen = new List<Guid>();
                for (var page = 0; page < 3; page++)
                {
                    var shown = await queries.ListAsync(new UserListRequest { Order = order, Descending = descending, Page = page, PageSize = 10 });
                    Assert.Equal((23, page < 2 ? 10 : 3), (shown.Total, shown.Users.Count));
                    seen.AddRange(shown.Users.Select(user => user.Id));
                }

                Assert.Equal(23, seen.Distinct().Count());
            }
        }
    }

    [SkippableFact]
    public async Task ListAsync_PageSizeAndPage_AreKeptWithinReason()
    {
        await using var database = await CreateDatabaseAsync();
        await database.AddAsync([.. Enumerable.Range(0, 205).Select(index => User($"user{index:000}", s_start))]);
        var queries = database.Get<UserQueries>();

        Assert.Equal(200, (await queries.ListAsync(new UserListRequest { PageSize = int.MaxValue })).Users.Count);
        Assert.Single((await queries.ListAsync(new UserListRequest { PageSize = 0, Page = -5 })).Users);
        Assert.Equal((0, 205), Count(await queries.ListAsync(new UserListRequest { Page = int.MaxValue })));
        Assert.Equal((0, 205), Count(await queries.ListAsync(new UserListRequest { Page = 9 })));
    }

    [SkippableFact]
    public async Task ListAsync_Order_PutsWhoHasNoneLastEitherWay()
    {
        await using var database = await CreateDatabaseAsync();
        await database.AddAsync(
            User("carol", s_start.AddDays(1), user => (user.Email, user.NormalizedEmail, user.Name, user.LastLoginAt) = ("a@example.com", "a@example.com", "B", s_start.AddDays(9))),
            User("ada", s_start.AddDays(3), user => (user.Email, user.NormalizedEmail, user.Name, user.LastLoginAt) = ("b@example.com", "b@example.com", "A", s_start.AddDays(8))),
            User("bob", s_start.AddDays(2)));

        await AssertOrderAsync(UserListOrder.CreatedAt, ["carol", "bob", "ada"], ["ada", "bob", "carol"]);
        await AssertOrderAsync(UserListOrder.UserName, ["ada", "bob", "carol"], ["carol", "bob", "ada"]);
        await AssertOrderAsync(UserListOrder.Email, ["carol", "ada", "bob"], ["ada", "carol", "bob"]);
        await AssertOrderAsync(UserListOrder.Name, ["ada", "carol", "bob"], ["carol", "ada", "bob"]);
        await AssertOrderAsync(UserListOrder.LastLoginAt, ["ada", "carol", "bob"], ["carol", "ada", "bob"]);

        async Task AssertOrderAsync(UserListOrder order, string[] ascending, string[] descending)
        {
            Assert.Equal(ascending, await NamesAsync(database, new UserListRequest { Order = order, Descending = false }));
            Assert.Equal(descending, await NamesAsync(database, new UserListRequest { Order = order, Descending = true }));
        }
    }

    [SkippableFact]
    public async Task ListAsync_Origin_ShowsOnlyThose()
    {
        await using var database = await CreateDatabaseAsync();
        await database.AddAsync(User("registered", s_start), Migrated("moved", "1"), Migrated("moved2", "2"));
        var queries = database.Get<UserQueries>();

        Assert.Equal(["moved", "moved2"], await NamesAsync(database, new UserListRequest { Origin = UserOrigin.Migrated, Order = UserListOrder.UserName, Descending = false }));
        Assert.Equal(["moved2"], await NamesAsync(database, new UserListRequest { Origin = UserOrigin.Migrated, Search = "moved2" }));
        Assert.Equal(
            new Dictionary<UserOrigin, int> { [UserOrigin.Registered] = 1, [UserOrigin.Migrated] = 2 },
            await queries.CountByOriginAsync());
    }

    [SkippableTheory]
    [InlineData("ada", "ada", "adam")]
    [InlineData("ADA", "ada", "adam")]
    [InlineData("adam", "adam")]
    [InlineData("da")]
    [InlineData("ada.l", "ada")]
    [InlineData("Ada.Lovelace@Example", "ada")]
    [InlineData("  ada.lovelace@example.com ", "ada")]
    [InlineData("+49 30", "ada")]
    [InlineData("+1")]
    [InlineData("augusta", "ada")]
    [InlineData("Augusta Ada", "ada")]
    [InlineData("KING", "ada")]
    [InlineData("özge", "turkish")]
    [InlineData("Özge", "turkish")]
    [InlineData("ÖZGE", "turkish")]
    [InlineData("李", "李晓明")]
    [InlineData("ａｄａｍ", "adam")]
    [InlineData("100%", "percent")]
    [InlineData("100_")]
    [InlineData("a%a")]
    [InlineData("_da")]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("under_score", "under_score")]
    [InlineData("under%")]
    [InlineData("back\\slash", "backslash")]
    [InlineData("\\")]
    [InlineData("[a]da")]
    [InlineData("' OR 1=1 --")]
    [InlineData("ada\u0000")]
    [InlineData("ada\uD83D")]
    public async Task ListAsync_SearchByPrefix_IsLiteral(string search, params string[] expected)
    {
        await using var database = await CreateSearchableAsync();

        Assert.Equal(expected, await NamesAsync(database, new UserListRequest { Search = search, Order = UserListOrder.UserName, Descending = false }));
    }

    [SkippableTheory]
    [InlineData("email:ADA.lovelace@example.com", "ada")]
    [InlineData("email:ada")]
    [InlineData("email:not an address")]
    [InlineData("email:")]
    [InlineData("phone:+49 (30) 901820", "ada")]
    [InlineData("phone:+4930")]
    [InlineData("phone:none")]
    [InlineData("username:ADAM", "adam")]
    [InlineData("UserName: adam", "adam")]
    [InlineData("username:a b")]
    [InlineData("legacy:L-7", "ada")]
    [InlineData("legacy:L-")]
    [InlineData("legacy:")]
    [InlineData("id:none")]
    [InlineData("other:ada")]
    public async Task ListAsync_SearchExact_FindsThatOneOrNobody(string search, params string[] expected)
    {
        await using var database = await CreateSearchableAsync();

        Assert.Equal(expected, await NamesAsync(database, new UserListRequest { Search = search }));
    }

    [SkippableFact]
    public async Task ListAsync_SearchById_FindsThatOne()
    {
        await using var database = await CreateDatabaseAsync();
        var ada = User("ada", s_start);
        await database.AddAsync(ada, User("bob", s_start));

        Assert.Equal(["ada"], await NamesAsync(database, new UserListRequest { Search = $"id:{ada.Id}" }));
        Assert.Empty(await NamesAsync(database, new UserListRequest { Search = $"id:{Guid.NewGuid()}" }));
    }

    [SkippableFact]
    public async Task GetAsync_MovedUser_ShowsWhereFromAndNoSecret()
    {
        await using var database = await CreateDatabaseAsync();
        var loaded = (SampleLoad.Loaded)await database.Get<SampleManager>().LoadAsync(TestActors.Ada);
        var scripts = database.Get<DatabaseScriptManager>();
        var draft = await scripts.GetAsync(ScriptKind.Login);
        var published = (ScriptPublish.Published)await scripts.PublishAsync(ScriptKind.Login, draft!.Draft, null, draft.ConcurrencyStamp, TestActors.Ada);
        var role = new AppRole("customer") { NormalizedName = "customer" };
        var user = new AppUser
        {
            UserName = "ada",
            NormalizedUserName = "ada",
            PasswordHash = "hash",
            Origin = UserOrigin.Migrated,
            CustomDatabaseId = loaded.Settings.Id,
            MigratedByVersionId = published.State.Published!.Id,
            LegacyId = "7",
        };
        await database.AddAsync(role, user, new IdentityUserRole<Guid> { RoleId = role.Id, UserId = user.Id });

        var detail = await database.Get<UserQueries>().GetAsync(user.Id);

        Assert.Equal(("Sample shop", 1, true), (detail!.CustomDatabaseName, detail.MigratedByVersion, detail.HasPassword));
        Assert.Equal(["customer"], detail.Roles);
        Assert.Null(detail.User.PasswordHash);
        Assert.Null(detail.User.SecurityStamp);
        Assert.Null(await database.Get<UserQueries>().GetAsync(Guid.NewGuid()));
    }

    protected abstract Task<TestDatabase> CreateDatabaseAsync();

    private async Task<TestDatabase> CreateSearchableAsync()
    {
        var database = await CreateDatabaseAsync();
        await database.AddAsync(
            User("ada", s_start, user =>
            {
                (user.Email, user.NormalizedEmail) = ("Ada.Lovelace@example.com", "ada.lovelace@example.com");
                (user.PhoneNumber, user.NormalizedPhoneNumber) = ("+4930901820", "+4930901820");
                (user.Name, user.FamilyName) = ("Augusta Ada King", "King-Noel");
            }, legacyId: "L-7"),
            User("adam", s_start),
            User("李晓明", s_start),
            User("under_score", s_start),
            User("underxscore", s_start),
            User("turkish", s_start, user => user.Name = "Özge Yıldız"),
            User("percent", s_start, user => user.Name = "100% cotton"),
            User("thousand", s_start, user => user.Name = "1000 cotton"),
            User("backslash", s_start, user => user.Name = "back\\slash"));
        return database;
    }

    private static AppUser User(string userName, DateTimeOffset createdAt, Action<AppUser>? change = null, string? legacyId = null)
    {
        var user = new AppUser { UserName = userName, NormalizedUserName = userName, CreatedAt = createdAt, LegacyId = legacyId };
        change?.Invoke(user);
        return user;
    }

    private static AppUser Migrated(string userName, string legacyId) => new()
    {
        UserName = userName,
        NormalizedUserName = userName,
        CreatedAt = s_start,
        MigratedAt = s_start,
        Origin = UserOrigin.Migrated,
        LegacyId = legacyId,
    };

    private static async Task<IEnumerable<string?>> NamesAsync(TestDatabase database, UserListRequest request) =>
        (await database.Get<UserQueries>().ListAsync(request)).Users.Select(user => user.UserName);

    private static (int Shown, int Total) Count(UserPage page) => (page.Users.Count, page.Total);
}

public sealed class SqliteUserQueriesTests : UserQueriesTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.CreateAsync();
}

[Collection(nameof(PostgresCollection))]
public sealed class PostgresUserQueriesTests(PostgresServer server) : UserQueriesTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.CreateAsync(server);
}
