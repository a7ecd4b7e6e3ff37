using AngleSharp.Html.Dom;
using Bunit;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Users;
using LazyMigrate.Tests.TestServices;
using LazyMigrate.Web.Components.Admin.Database;

namespace LazyMigrate.Tests.Components.Admin;

public sealed class DatabasePageTests : ConsoleTest
{
    private const string Uri = "postgres://ada:secret@db.example.org:5432/shop";

    [Fact]
    public async Task Save_NothingTyped_SaysItAtTheField()
    {
        var page = RenderLoaded();

        await SaveAsync(page);

        Assert.Contains("Give the legacy database a name.", page.Find("#name-error").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", page.Find("#name").GetAttribute("aria-invalid"));
        Assert.Null(await Database.Get<CustomDatabaseManager>().GetAsync());
    }

    [Fact]
    public async Task Save_WrongUri_SaysItAtTheFieldAndKeepsWhatWasTyped()
    {
        var page = RenderLoaded();
        await TypeAsync(page, "#name", "Shop");
        await TypeAsync(page, "#uri", "db.example.org");

        await SaveAsync(page);

        Assert.Contains("postgres://user:password@host:5432/database", page.Find("#uri-error").TextContent, StringComparison.Ordinal);
        Assert.Equal("db.example.org", ValueOf(page, "#uri"));
    }

    [Theory]
    [InlineData("Postgres", "Connection URI", "postgres://user:password@host:5432/database", "sslmode=require")]
    [InlineData("MySql", "Connection URI", "mysql://user:password@host:3306/database", "ssl=true")]
    [InlineData("MongoDb", "Connection URI", "mongodb://user:password@host:27017/database", "mongodb+srv://")]
    [InlineData("SqlServer", "Connection URI or connection string", "mssql://user:password@host:1433/database", "Server=host,1433;Database=")]
    [InlineData("Sqlite", "File", "shop.db", "the folder")]
    [InlineData("Http", "Base address", "https://users.example.org/", "own variable")]
    [InlineData("Other", "Connection URI", "optional", "env.DB_CONNECTION_URI")]
    public async Task Type_Chosen_SaysHowItsAddressIsWritten(string type, string label, string placeholder, string help)
    {
        var page = RenderLoaded();
        Assert.Contains(type, page.FindAll("#type option").Select(option => option.GetAttribute("value")));

        await page.Find("#type").ChangeAsync(new() { Value = type });

        Assert.Equal(label, page.Find("label[for=uri]").TextContent.Trim());
        Assert.Equal(placeholder, page.Find("#uri").GetAttribute("placeholder"));
        Assert.Contains(help, page.Find("#uri-help").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SqlServer", "Server=db.example.org;Database=shop;User Id=u;Password=hunter22", "Server=db.example.org,1433;Database=shop;User Id=u;Password=••••")]
    [InlineData("MongoDb", "mongodb://u:hunter22@a:1,b:2/shop", "mongodb://u:••••@a:1,b:2/shop")]
    [InlineData("MySql", "mysql://u:hunter22@db/shop", "mysql://u:••••@db/shop")]
    public async Task Save_AnyNotation_IsStoredAndShownMasked(string type, string uri, string shown)
    {
        var page = RenderLoaded();
        await TypeAsync(page, "#name", "Shop");
        await page.Find("#type").ChangeAsync(new() { Value = type });
        await TypeAsync(page, "#uri", uri);

        await SaveAsync(page);

        Assert.Equal(shown, ValueOf(page, "#uri"));
        Assert.DoesNotContain("hunter22", page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SqlServer", "db.example.org", "mssql://")]
    [InlineData("SqlServer", "Server=db\\SQLEXPRESS;User Id=u;Password=x", "give the instance's port")]
    [InlineData("MongoDb", "mongodb://", "mongodb://user:password@host:27017/database")]
    [InlineData("MySql", "postgres://db/shop", "mysql://user:password@host:3306/database")]
    public async Task Save_AddressOfAnotherKind_SaysItAtTheField(string type, string uri, string problem)
    {
        var page = RenderLoaded();
        await TypeAsync(page, "#name", "Shop");
        await page.Find("#type").ChangeAsync(new() { Value = type });
        await TypeAsync(page, "#uri", uri);

        await SaveAsync(page);

        Assert.Contains(problem, page.Find("#uri-error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_WrongHost_SaysItAtTheField()
    {
        var page = RenderLoaded();
        await TypeAsync(page, "#name", "Shop");
        await TypeAsync(page, "#hosts", "api.example.org");

        await SaveAsync(page);

        Assert.Contains("api.example.org", page.Find("#hosts-error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_AllowedRoles_AreStoredAndShownAgain()
    {
        var page = RenderLoaded();
        await TypeAsync(page, "#name", "Shop");
        await TypeAsync(page, "#roles", "customer\n  VIP = x = vip \n\n");

        await SaveAsync(page);

        Assert.Equal([new RoleMapping("customer", "customer"), new RoleMapping("VIP = x", "vip")], (await Database.Get<CustomDatabaseManager>().GetAsync())!.AllowedRoles);
        Assert.Equal("customer\nVIP = x = vip", page.Find("#roles").GetAttribute("value"));
    }

    [Theory]
    [InlineData("admin = owner", "a role of the console")]
    [InlineData("admin = OWNER", "a role of the console")]
    [InlineData("admin = operator", "a role of the console")]
    [InlineData("VIP customer", "not a name for a role")]
    [InlineData("= vip", "has no role of the legacy database")]
    [InlineData("vip =", "not a name for a role")]
    [InlineData("VIP = vip\nvip = other", "there twice")]
    public async Task Save_RoleThatCannotBeGiven_SaysItAtTheField(string roles, string problem)
    {
        var page = RenderLoaded();
        await TypeAsync(page, "#name", "Shop");
        await TypeAsync(page, "#roles", roles);

        await SaveAsync(page);

        Assert.Contains(problem, page.Find("#roles-error").TextContent, StringComparison.Ordinal);
        Assert.Null(await Database.Get<CustomDatabaseManager>().GetAsync());
    }

    [Fact]
    public async Task Save_Complete_StoresItAndShowsTheUriMasked()
    {
        var page = RenderLoaded();
        await TypeAsync(page, "#name", "Shop");
        await TypeAsync(page, "#uri", Uri);
        await page.Find("input[type=checkbox]").ChangeAsync(new() { Value = true });

        await SaveAsync(page);

        Assert.Equal("postgres://ada:••••@db.example.org:5432/shop", ValueOf(page, "#uri"));
        Assert.True(page.Find("#uri").HasAttribute("readonly"));
        Assert.DoesNotContain("ada:secret", page.Markup, StringComparison.Ordinal);
        Assert.True((await Database.Get<CustomDatabaseManager>().GetAsync())!.TrustsEmailVerified);
        Assert.Equal(["Saved. Next: write the login script."], Toasts);
    }

    [Fact]
    public async Task Save_SomebodyElseSaved_KeepsWhatWasTypedAndCanOverwrite()
    {
        await ConnectAsync(CustomDatabaseType.Postgres, Uri);
        var page = RenderLoaded();
        await ConnectAgainAsync("Theirs");
        await TypeAsync(page, "#name", "Mine");

        await SaveAsync(page);
        Assert.Equal("Mine", ValueOf(page, "#name"));
        Assert.Equal("Theirs", (await Database.Get<CustomDatabaseManager>().GetAsync())!.Name);
        await ButtonOf(page, "Save mine over theirs").ClickAsync(new());

        Assert.Equal("Mine", (await Database.Get<CustomDatabaseManager>().GetAsync())!.Name);
        Assert.Empty(page.FindAll(".notice"));
    }

    [Fact]
    public async Task Variables_AddedAndStored_ShowNoValue()
    {
        await ConnectAsync();
        var page = RenderLoaded();
        await ButtonOf(page, "Add a variable").ClickAsync(new());
        await TypeAsync(page, ".variable input[placeholder=NAME]", "PEPPER");
        await TypeAsync(page, ".variable input[type=password]", "sharp");

        await SaveAsync(page);

        Assert.Equal("PEPPER", ValueOf(page, ".variable input"));
        Assert.Empty(page.FindAll(".variable input[type=password]"));
        Assert.Equal(["PEPPER"], (await Database.Get<CustomDatabaseManager>().GetAsync())!.VariableNames);
    }

    [Fact]
    public async Task Variables_SameNameTwice_SaysSo()
    {
        await ConnectAsync();
        var page = RenderLoaded();
        foreach (var index in (int[])[0, 1])
        {
            await ButtonOf(page, "Add a variable").ClickAsync(new());
            await page.FindAll(".variable input[placeholder=NAME]")[index].InputAsync(new() { Value = "PEPPER" });
        }

        await SaveAsync(page);

        Assert.Contains("two variables of this name", page.Find(".variable .field-error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_TypedUri_ConnectsWithItUnsaved()
    {
        var page = RenderLoaded();
        await TypeAsync(page, "#uri", Uri);

        await ButtonOf(page, "Test connection").ClickAsync(new());

        Assert.Equal([(LegacyStore.Postgres, Uri)], Tester.Asked);
        Assert.Equal(["PostgreSQL 15.18", "1.5 ms", "customers"], page.FindAll(".facts dd").Select(fact => fact.TextContent.Trim()));
    }

    [Fact]
    public async Task Test_NotConnected_ShowsCodeAndSentence()
    {
        Tester.Result = new LegacyConnectionTest.NotConnected("ECONNREFUSED", "Nobody answers at db.example.org:5432.");
        var page = RenderLoaded();
        await TypeAsync(page, "#uri", Uri);

        await ButtonOf(page, "Test connection").ClickAsync(new());

        Assert.Equal("Not connected: ECONNREFUSED", page.Find(".badge-danger").TextContent.Trim());
        Assert.Equal("Nobody answers at db.example.org:5432.", page.Find(".sentence").TextContent);
    }

    [Fact]
    public async Task Test_NothingTyped_SaysSo()
    {
        var page = RenderLoaded();

        await ButtonOf(page, "Test connection").ClickAsync(new());

        Assert.Empty(Tester.Asked);
        Assert.Contains("There is no address to test yet", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Database_Sample_CannotBeChanged()
    {
        await Database.Get<SampleManager>().LoadAsync(TestActors.Ada);

        var page = RenderLoaded();

        Assert.True(page.Find("fieldset").HasAttribute("disabled"));
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Trim() == "Save");
        Assert.NotNull(ButtonOf(page, "Remove the sample…"));
    }

    [Fact]
    public async Task Types_All_AreOfferedAndTheStoredOneIsSelected()
    {
        await ConnectAsync(CustomDatabaseType.MongoDb);

        var page = RenderLoaded();

        Assert.Equal(["PostgreSQL", "MySQL or MariaDB", "MongoDB", "SQL Server", "SQLite", "HTTP service", "Other"], page.FindAll("#type option").Select(option => option.TextContent));
        Assert.Equal("MongoDb", ((IHtmlSelectElement)page.Find("#type")).Value);
    }

    [Fact]
    public async Task Leaving_UnsavedChanges_AsksAndStays()
    {
        await ConnectAsync();
        var page = RenderLoaded();
        await TypeAsync(page, "#name", "Other");
        var before = Navigation.Uri;

        var leaving = page.InvokeAsync(() => Navigation.NavigateTo("/admin"));
        Dialog.WaitForElement(".mud-dialog");
        await Dialog.FindAll("button").Single(button => button.TextContent.Trim() == "Stay").ClickAsync(new());
        await leaving;

        Assert.Equal(before, Navigation.Uri);
    }

    private IRenderedComponent<DatabasePage> RenderLoaded()
    {
        var page = Render<DatabasePage>();
        page.WaitForElement("#name");
        return page;
    }

    private static Task SaveAsync(IRenderedComponent<DatabasePage> page) => page.Find("form").SubmitAsync();

    private static AngleSharp.Dom.IElement ButtonOf(IRenderedComponent<DatabasePage> page, string text) =>
        page.FindAll("button").Single(button => button.TextContent.Trim() == text);

    private static Task TypeAsync(IRenderedComponent<DatabasePage> page, string selector, string text) =>
        page.Find(selector).InputAsync(new() { Value = text });

    private static string ValueOf(IRenderedComponent<DatabasePage> page, string selector) => ((IHtmlInputElement)page.Find(selector)).Value;

    private async Task ConnectAgainAsync(string name)
    {
        var databases = Database.Get<CustomDatabaseManager>();
        var stamp = (await databases.GetAsync())!.ConcurrencyStamp;
        await databases.SaveAsync(new CustomDatabaseEdit { Name = name, Type = CustomDatabaseType.Postgres, ConcurrencyStamp = stamp }, TestActors.Bob);
    }
}
