using LazyMigrate.Core.Users;

namespace LazyMigrate.Tests.TestServices;

/// <summary>The server in the process that hands scripts to workers: what scripts do must not be felt here.</summary>
public sealed class ServerBesideScripts : IAsyncLifetime
{
    private const string Email = "ada@example.org";

    /// <summary>What the managed heap may have grown by, everything collected. One answer of a script is at most 256 kB.</summary>
    private const long GrowthBytes = 32 << 20;

    private TestHost _host = null!;
    private long _bytes;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        await _host.CreateUserAsync(new AppUser { UserName = "ada", Email = Email, Origin = UserOrigin.Registered });
        await LogInAsync();
        _bytes = GC.GetTotalMemory(forceFullCollection: true);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    /// <summary>Somebody who is here logs in, and the memory is what it was.</summary>
    public async Task AssertUnharmedAsync()
    {
        await LogInAsync();
        var grown = GC.GetTotalMemory(forceFullCollection: true) - _bytes;
        Assert.True(grown < GrowthBytes, $"The server's heap has grown by {grown >> 20} MiB.");
    }

    private async Task LogInAsync()
    {
        var browser = _host.NewBrowser();
        await browser.GetAsync("/account/login");
        var page = await browser.SubmitAsync(("Form.Identifier", Email), ("Form.Password", TestHost.Password));
        Assert.Equal("/", page.Location);
    }
}

/// <summary>Tests that look at the memory of this process have it to themselves.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MemoryTests
{
    public const string Name = "Memory";
}
