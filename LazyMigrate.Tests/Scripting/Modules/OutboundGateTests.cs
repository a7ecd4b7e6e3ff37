using System.Net;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Modules.Http;
using LazyMigrate.Tests.TestServices;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Tests.Scripting.Modules;

/// <summary>Which hosts and addresses scripts may ask: the table of addresses, and whole runs over a network of the test's own.</summary>
public sealed class OutboundGateTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly TestNetwork _network = new();
    private TestHttpServer _server = null!;
    private ScriptHost _host = null!;

    public async Task InitializeAsync()
    {
        _server = await TestHttpServer.StartAsync();
        _network.ServerPort = _server.Port;
        _host = new ScriptHost(services => services.AddSingleton<IOutboundNetwork>(_network));
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("93.184.216.34", true)]
    [InlineData("8.8.8.8", true)]
    [InlineData("100.63.255.255", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("2606:2800:220:1:248:1893:25c8:1946", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("0.1.2.3", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("100.127.255.255", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.255.255.254", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.0.0.8", false)]
    [InlineData("192.0.2.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("198.51.100.1", false)]
    [InlineData("203.0.113.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("239.255.255.255", false)]
    [InlineData("240.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", false)]
    [InlineData("::7f00:1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("64:ff9b:1::7f00:1", false)]
    [InlineData("100::1", false)]
    [InlineData("2001:0:53aa:64c:0:7bfe:80ff:fffe", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("2002:7f00:1::1", false)]
    [InlineData("2606:2800::5efe:7f00:1", false)]
    [InlineData("2606:2800::200:5efe:7f00:1", false)]
    [InlineData("3fff::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fd12:3456::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fec0::1", false)]
    [InlineData("ff02::1", false)]
    public void Contains_Address_IsPublicOrNot(string address, bool isPublic) => Assert.Equal(isPublic, PublicAddresses.Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://127.0.0.1:{0}/status/200")]
    [InlineData("http://2130706433:{0}/status/200")]
    [InlineData("http://0x7f.1:{0}/status/200")]
    [InlineData("http://[::1]:{0}/status/200")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/status/200")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://inside.example/")]
    [InlineData("http://mixed.example/")]
    [InlineData("http://localhost:{0}/")]
    [InlineData("http://public.example/redirect?to=http://127.0.0.1/")]
    [InlineData("http://public.example/redirect?to=http://inside.example/")]
    [InlineData("http://public.example/redirect?to=http://[fd00::1]/")]
    public async Task Fetch_AddressInside_IsRefusedBeforeAnythingIsSent(string url)
    {
        _network.Name("public.example", "93.184.216.34");
        _network.Name("inside.example", "10.1.2.3");
        _network.Name("mixed.example", "93.184.216.34 127.0.0.1");
        _network.Name("localhost", "127.0.0.1 ::1");

        var result = await FetchAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, url, _server.Port));

        Assert.Equal("EACCES", Assert.IsType<ScriptCompletion.Threw>(result.Completion).Error.Code);
        Assert.All(_network.Connected, connected => Assert.Equal("93.184.216.34:80", connected));
        Assert.All(_server.Asked, asked => Assert.StartsWith("GET /redirect", asked, StringComparison.Ordinal));
        Assert.Equal(new ScriptCompletion.Answered("200"), (await FetchAsync("http://public.example/status/200")).Completion);
    }

    [Fact]
    public async Task Fetch_NameThatTurnsInside_GoesToTheCheckedAddressOrNowhere()
    {
        _network.Name("rebind.example", "93.184.216.34", "127.0.0.1");

        Assert.Equal(new ScriptCompletion.Answered("200"), (await FetchAsync("http://rebind.example/status/200")).Completion);
        var second = await FetchAsync("http://rebind.example/status/200");

        Assert.Equal(["93.184.216.34:80"], _network.Connected);
        Assert.Equal("EACCES", Assert.IsType<ScriptCompletion.Threw>(second.Completion).Error.Code);
    }

    [Theory]
    [InlineData("inside.example:80", "http://inside.example/status/200", true)]
    [InlineData("inside.example:80", "http://INSIDE.example./status/200", true)]
    [InlineData("inside.example:81", "http://inside.example/status/200", false)]
    [InlineData("inside.example:80", "http://public.example/status/200", false)]
    [InlineData("inside.example:80", "http://inside.example/redirect?to=http://public.example/", false)]
    [InlineData("127.0.0.1:80", "http://127.0.0.1/status/200", true)]
    [InlineData("127.0.0.1:80", "http://127.1/status/200", true)]
    [InlineData("127.0.0.1:80", "http://[::ffff:127.0.0.1]/status/200", false)]
    [InlineData("[::1]:80", "http://[0:0::1]/status/200", true)]
    public async Task Fetch_WithAListOfHosts_AsksOnlyThose(string listed, string url, bool isAllowed)
    {
        _network.Name("public.example", "93.184.216.34");
        _network.Name("inside.example", "10.1.2.3");
        _network.Name("inside.example.", "10.1.2.3");

        var result = await FetchAsync(url, listed);

        Assert.Equal(isAllowed ? "200" : "EACCES", result.Completion is ScriptCompletion.Threw threw ? threw.Error.Code : Assert.IsType<ScriptCompletion.Answered>(result.Completion).Json);
    }

    [Fact]
    public async Task Fetch_UnknownName_SaysSo()
    {
        var result = await FetchAsync("http://nowhere.example/");

        var error = Assert.IsType<ScriptCompletion.Threw>(result.Completion).Error;
        Assert.Equal(("ENOTFOUND", "fetch failed: getaddrinfo ENOTFOUND nowhere.example"), (error.Code, error.Message));
    }

    private Task<ScriptRunResult> FetchAsync(string url, params string[] hosts) => _host.RunBodyAsync(
        $"return (await fetch('{url}')).status;",
        request => request with { Access = new LegacyAccess(hosts, null, []) });
}
