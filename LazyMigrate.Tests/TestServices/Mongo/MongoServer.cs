namespace LazyMigrate.Tests.TestServices.Mongo;

/// <summary>The MongoDB of the tests: the real server that <c>LAZYMIGRATE_TEST_MONGODB</c> names, or else the stand-in.</summary>
public sealed class MongoServer : IAsyncLifetime
{
    private static readonly string? s_real = Environment.GetEnvironmentVariable("LAZYMIGRATE_TEST_MONGODB") is { Length: > 0 } uri ? uri : null;

    internal MongoStandIn? StandIn { get; private set; }

    /// <summary>The host and port of the server, as the list of allowed hosts has it.</summary>
    public string HostAndPort => StandIn?.HostAndPort ?? new Uri(s_real!).Authority;

    /// <summary>A database of a test's own.</summary>
    public string UriOf(string database)
    {
        if (StandIn is not null)
        {
            return StandIn.UriOf(database);
        }

        var real = new UriBuilder(s_real!) { Path = database };
        real.Query = real.Query.Contains("authSource", StringComparison.Ordinal) ? real.Query : $"{real.Query}&authSource=admin".TrimStart('&');
        return real.Uri.ToString();
    }

    public Task InitializeAsync()
    {
        StandIn = s_real is null ? new MongoStandIn() : null;
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        if (StandIn is not null)
        {
            await StandIn.DisposeAsync();
        }
    }
}
