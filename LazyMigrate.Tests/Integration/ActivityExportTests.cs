using System.Net;
using System.Text.Json;
using LazyMigrate.Core.Activity;
using LazyMigrate.Tests.TestServices;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Tests.Integration;

/// <summary>The activity as a file.</summary>
public sealed class ActivityExportTests : IAsyncLifetime
{
    private TestHost _host = null!;

    public async Task InitializeAsync() => _host = await TestHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Csv_Filtered_IsQuoted_AndNoSpreadsheetCalculatesIt()
    {
        await _host.SetUpAsync();
        await WriteAsync("=HYPERLINK(\"http://evil\")", "first, second");
        await WriteAsync("ada@example.org", null);

        var page = await _host.Browser.GetAsync("/admin/activity/export?kind=login.refused&outcome=Test");

        Assert.Equal((HttpStatusCode.OK, "text/csv; charset=utf-8"), (page.Status, page.Header("Content-Type")));
        Assert.StartsWith("attachment; filename=\"activity-", page.Header("Content-Disposition"), StringComparison.Ordinal);
        var lines = page.Html.Split("\r\n");
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("time,kind,actorId,actorName,subjectId,subjectName,outcome,detail,", lines[0], StringComparison.Ordinal);
        Assert.Contains(",ada@example.org,Test,,", lines[1], StringComparison.Ordinal);
        Assert.Contains(",\"'=HYPERLINK(\"\"http://evil\"\")\",Test,\"first, second\",", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_IsAnArray()
    {
        await _host.SetUpAsync();
        await WriteAsync("ada@example.org", "said \"so\"");

        var page = await _host.Browser.GetAsync("/admin/activity/export?format=json&kind=login.refused&outcome=Test");

        using var json = JsonDocument.Parse(page.Html);
        var item = Assert.Single(json.RootElement.EnumerateArray());
        Assert.Equal(("login.refused", "ada@example.org", "said \"so\""), (item.GetProperty("kind").GetString(), item.GetProperty("subjectName").GetString(), item.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task Stranger_GetsNothing()
    {
        await _host.SetUpAsync();

        var page = await _host.NewBrowser().GetAsync("/admin/activity/export");

        Assert.Equal(HttpStatusCode.Found, page.Status);
        Assert.Contains("/account/login", page.Location, StringComparison.Ordinal);
    }

    private async Task WriteAsync(string subject, string? detail)
    {
        await _host.Services.GetRequiredService<ActivityWriter>().WriteAsync(
            _host.Services.GetRequiredService<ActivityFactory>().Create(ActivityKinds.LoginRefused, subjectName: subject, outcome: "Test", detail: detail), default);
    }
}
