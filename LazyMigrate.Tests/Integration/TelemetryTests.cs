using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Integration;

/// <summary>What a running server sends to a collector, and what it never does.</summary>
public sealed class TelemetryTests : IDisposable
{
    private static readonly string[] s_secrets = ["legacy-password-9f2c", "pepper-77ab", "owner-password-1d4e", "ada@example.org", "argument-in-a-line"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Endpoint_Set_GetsFiguresAndSpansWithoutValues()
    {
        await using var collector = await TestCollector.StartAsync();
        await using var server = await StartAsync(new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address,
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "300",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "300",
        });

        await LogInAsync(server);
        await collector.WaitForAsync("/v1/metrics", "lazymigrate.script.duration", TimeSpan.FromSeconds(60));
        await collector.WaitForAsync("/v1/traces", "script Login", TimeSpan.FromSeconds(60));
        await collector.WaitForAsync("/v1/metrics", "http.server.request.duration", TimeSpan.FromSeconds(60));
        await collector.WaitForAsync("/v1/metrics", "dotnet.process.cpu.time", TimeSpan.FromSeconds(60));

        Assert.All(s_secrets, secret => Assert.DoesNotContain(collector.Received, item => TestCollector.Holds(item.Body, secret)));
        Assert.DoesNotContain(collector.Received, item => item.Path == "/v1/logs");
    }

    [Fact]
    public async Task Endpoint_InTheSettings_GetsThemToo()
    {
        await using var collector = await TestCollector.StartAsync();
        await using var server = await StartAsync(new Dictionary<string, string>
        {
            ["LazyMigrate:Telemetry:Endpoint"] = collector.Address,
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "300",
        });

        await LogInAsync(server);

        await collector.WaitForAsync("/v1/metrics", "lazymigrate.script.outcomes", TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Endpoint_NoAddress_StopsTheStart()
    {
        var (code, output) = await ServerProcess.RunToEndAsync(_folder.Path, "http://127.0.0.1:0", new Dictionary<string, string>
        {
            ["LazyMigrate:Telemetry:Endpoint"] = "collector:4318",
            ["LazyMigrate:Telemetry:Protocol"] = "smoke",
        });

        Assert.Equal(1, code);
        Assert.Contains("LazyMigrate:Telemetry:Endpoint (or OTEL_EXPORTER_OTLP_ENDPOINT) is not an address of a collector", output, StringComparison.Ordinal);
        Assert.Contains("LazyMigrate:Telemetry:Protocol (or OTEL_EXPORTER_OTLP_PROTOCOL) must be http/protobuf or grpc", output, StringComparison.Ordinal);
    }

    private async Task<ServerProcess> StartAsync(Dictionary<string, string> settings)
    {
        var shop = Directory.CreateDirectory(Path.Combine(_folder.Path, "shop")).FullName;
        await File.WriteAllTextAsync(Path.Combine(shop, "database.json"), """{ "name": "shop", "type": "other", "mode": "LazyMigration", "variables": { "PEPPER": "pepper-77ab" } }""");
        await File.WriteAllTextAsync(Path.Combine(shop, "login.js"), "async function login(query, password) { console.log('argument-in-a-line', password, env.PEPPER); return { id: 1, email: query.email }; }");
        await File.WriteAllTextAsync(Path.Combine(shop, "searchUser.js"), "async function searchUser() { return null; }");
        settings["LazyMigrate:Setup:CustomDatabase"] = shop;
        settings["LazyMigrate:Setup:AdminEmail"] = "owner@example.org";
        settings["LazyMigrate:Setup:AdminPassword"] = "owner-password-1d4e";
        return await ServerProcess.StartAsync(Path.Combine(_folder.Path, "data"), settings);
    }

    private static async Task LogInAsync(ServerProcess server)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(server.Address) };
        var browser = new TestBrowser(client);
        await browser.GetAsync("/account/login");
        var page = await browser.SubmitAsync(("Form.Identifier", "ada@example.org"), ("Form.Password", "legacy-password-9f2c"));
        Assert.Equal("/", page.Location);
    }
}
