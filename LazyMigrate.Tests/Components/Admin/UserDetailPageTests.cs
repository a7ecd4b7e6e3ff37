using Bunit;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Users;
using LazyMigrate.Web.Components.Admin.Users;

namespace LazyMigrate.Tests.Components.Admin;

public sealed class UserDetailPageTests : ConsoleTest
{
    [Fact]
    public void User_Unknown_SaysSo()
    {
        var page = Render<UserDetailPage>(parameters => parameters.Add(item => item.Id, Guid.NewGuid()));

        page.WaitForElement(".empty");
        Assert.Equal("No such user", page.Find("h1").TextContent.Trim());
    }

    [Fact]
    public async Task User_Moved_ShowsProfileMigrationCredentialsAndActivity()
    {
        var database = await ConnectAsync();
        var user = new AppUser
        {
            Name = "Ada Lovelace",
            Email = "ada@example.org",
            NormalizedEmail = "ada@example.org",
            Origin = UserOrigin.Migrated,
            CustomDatabaseId = database.Id,
            LegacyId = "4711",
            MigratedAt = Database.Time.GetUtcNow(),
            CreatedAt = Database.Time.GetUtcNow(),
            PasswordHash = "hash",
            CustomDataJson = """{"shoe":38}""",
        };
        await Database.AddAsync(user, Database.Get<ActivityFactory>().Create(ActivityKinds.UserMigrated, subjectId: user.Id, subjectName: "ada@example.org"));

        var page = Render<UserDetailPage>(parameters => parameters.Add(item => item.Id, user.Id));

        page.WaitForElement(".facts");
        Assert.StartsWith("Ada Lovelace", page.Find("h1").TextContent, StringComparison.Ordinal);
        Assert.Contains("4711", page.Find("[aria-labelledby=migration]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Shop", page.Find("[aria-labelledby=migration]").TextContent, StringComparison.Ordinal);
        Assert.Contains("Stored here", page.Find("[aria-labelledby=credentials]").TextContent, StringComparison.Ordinal);
        Assert.Contains("moved from the legacy database", page.Find("[aria-labelledby=activity]").TextContent, StringComparison.Ordinal);
        Assert.Contains("\"shoe\": 38", page.Find("pre").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("hash", page.Markup, StringComparison.Ordinal);
    }
}
