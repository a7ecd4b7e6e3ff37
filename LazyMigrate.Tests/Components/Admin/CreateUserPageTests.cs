using Bunit;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Users;
using LazyMigrate.Tests.UserMigration;
using LazyMigrate.Web.Components.Admin.Users;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Tests.Components.Admin;

public sealed class CreateUserPageTests : ConsoleTest
{
    private const string Password = "A new passw0rd";

    [Fact]
    public async Task Create_Complete_OpensTheUser()
    {
        await AddAdministratorAsync();
        var page = Render<CreateUserPage>();
        await TypeAsync(page, ("#user-name-shown", "Bob"), ("#user-email", "bob@example.org"), ("#user-password", Password));

        await page.Find("form").SubmitAsync();

        var bob = await Database.ReadAsync(context => context.Users.SingleAsync(user => user.NormalizedEmail == "bob@example.org"));
        Assert.Equal(("Bob", true, UserOrigin.CreatedByAdmin), (bob.Name, bob.MustChangePassword, bob.Origin));
        Assert.EndsWith($"/admin/users/{bob.Id}", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_WrongFields_SaysItAtEach()
    {
        await AddAdministratorAsync();
        var page = Render<CreateUserPage>();
        await TypeAsync(page, ("#user-email", "nowhere"), ("#user-phone", "12"), ("#user-login", "two words"), ("#user-password", "x"));

        await page.Find("form").SubmitAsync();

        foreach (var field in (string[])["email", "phone", "login", "password"])
        {
            Assert.Equal("true", page.Find($"#user-{field}").GetAttribute("aria-invalid"));
            Assert.NotEmpty(page.Find($"#user-{field}-error").TextContent);
        }
    }

    [Fact]
    public async Task Create_Nothing_AsksForAnIdentifier()
    {
        await AddAdministratorAsync();
        var page = Render<CreateUserPage>();

        await page.Find("form").SubmitAsync();

        Assert.Contains("Give an e-mail address, a phone number or a user name.", page.Find("#user-email-error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_LegacyKnowsThem_SaysSoAtTheField_AndAnOutageAboveTheForm()
    {
        await AddAdministratorAsync();
        await Database.AddCustomDatabaseAsync(MigrationMode.LazyMigration);
        Database.Runner.Knows(new Dictionary<string, string> { ["bob@example.org"] = MigrationStage.Profile("7", "bob@example.org") });
        var page = Render<CreateUserPage>();
        await TypeAsync(page, ("#user-email", "bob@example.org"));

        await page.Find("form").SubmitAsync();
        Assert.Contains("The legacy database knows this person", page.Find("#user-email-error").TextContent, StringComparison.Ordinal);

        Database.Runner.Answer(ScriptKind.SearchUser, _ => new ScriptCompletion.Failed(new ScriptFailure(ScriptFailureKind.TimeLimit, "slow")));
        await page.Find("form").SubmitAsync();
        Assert.Contains("did not answer", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_NoAdministratorAnyMore_IsRefusedByTheServer()
    {
        var page = Render<CreateUserPage>();
        await TypeAsync(page, ("#user-email", "bob@example.org"));

        await page.Find("form").SubmitAsync();

        Assert.Contains("no administrator", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await Database.ReadAsync(context => context.Users.CountAsync()));
    }

    private static async Task TypeAsync(IRenderedComponent<CreateUserPage> page, params (string Field, string Value)[] fields)
    {
        foreach (var (field, value) in fields)
        {
            var input = page.Find(field);
            await (field == "#user-password" ? input.InputAsync(new() { Value = value }) : input.ChangeAsync(new() { Value = value }));
        }
    }
}
