using System.Text.Json;
using LazyMigrate.Core.Activity.Chain;
using LazyMigrate.Tests.TestServices;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Tests.Integration;

/// <summary>The verb <c>activity</c> of the real executable, on the database of a server that runs.</summary>
public sealed class ActivityCommandTests : IAsyncLifetime
{
    private TestHost _host = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync();
        await _host.StartMigrationAsync();
        await _host.Services.GetRequiredService<ActivitySealer>().SealDueAsync(default);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Verify_Intact_Is0_AndTheHeadCanBeExpectedLater()
    {
        var (exitCode, output, errors) = await RunAsync("verify", "--json");

        Assert.Equal((0, ""), (exitCode, errors));
        using var json = JsonDocument.Parse(output);
        Assert.True(json.RootElement.GetProperty("isIntact").GetBoolean());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("firstBreak").ValueKind);
        var head = json.RootElement.GetProperty("head");
        var noted = $"{head.GetProperty("number")}:{head.GetProperty("seal")}";
        var again = await RunAsync("verify", "--expect", noted);
        Assert.Equal(0, again.ExitCode);
        Assert.StartsWith("Intact: ", again.Output, StringComparison.Ordinal);
        Assert.Contains(noted, again.Output, StringComparison.Ordinal);
        Assert.Equal(1, (await RunAsync("verify", "--expect", $"{head.GetProperty("number")}:{new string('0', 64)}")).ExitCode);
    }

    [Fact]
    public async Task Verify_Altered_Is1_AndNamesTheFirstEvent_UntilBegunAnew()
    {
        await ExecuteAsync("UPDATE ActivityEvents SET ActorName = 'somebody else' WHERE SealNumber IN (2, 3)");

        var broken = await RunAsync("verify");
        Assert.Equal(1, broken.ExitCode);
        Assert.StartsWith("Broken at number 2 (event ", broken.Output, StringComparison.Ordinal);
        var (exitCode, output, _) = await RunAsync("verify", "--json");
        using var json = JsonDocument.Parse(output);
        Assert.Equal((1, 2), (exitCode, json.RootElement.GetProperty("firstBreak").GetProperty("number").GetInt32()));

        Assert.Equal(64, (await RunAsync("begin-anew")).ExitCode);
        Assert.Equal(0, (await RunAsync("begin-anew", "--reason", "A drill.")).ExitCode);
        Assert.Equal(0, (await RunAsync("verify")).ExitCode);
    }

    [Theory]
    [InlineData]
    [InlineData("nonsense")]
    [InlineData("verify", "--expect", "nonsense")]
    [InlineData("verify", "--nonsense")]
    public async Task WrongUsage_Is64(params string[] arguments)
    {
        var (exitCode, output, errors) = await RunAsync(arguments);

        Assert.Equal((64, ""), (exitCode, output));
        Assert.NotEmpty(errors.Trim());
    }

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) =>
        CommandProcess.RunAsync("", new Dictionary<string, string> { ["LazyMigrate:DataFolder"] = _host.DataFolder }, ["activity", .. arguments]);

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(_host.DataFolder, "lazymigrate.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
