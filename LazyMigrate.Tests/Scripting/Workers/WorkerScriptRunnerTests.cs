using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Workers;

/// <summary>What only a process of its own can survive.</summary>
public sealed class WorkerScriptRunnerTests(WorkerScriptHost host) : IClassFixture<WorkerScriptHost>
{
    [Theory]
    [InlineData("'x'.repeat(5e8).split('');")]
    [InlineData("'x'.repeat(5e8).replace(/x/g, 'yy');")]
    [InlineData("new Array(1e9).fill(0);")]
    [InlineData("Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);")]
    [InlineData("new Array(4294967295).sort();")]
    // Kept: what is garbage at once may be gone before the monitor looks, and then nothing has happened.
    [InlineData("const kept = 'a'.padEnd(5e8).normalize('NFKD'); await null; return { id: kept.length };")]
    public async Task RunAsync_EndsItsProcess_FailsAndItsNeighboursDoNot(string body)
    {
        var neighbours = Enumerable.Range(0, 6)
            .Select(i => host.AnswerAsync($"const until = Date.now() + 300; while (Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20)); return {{ id: {i} }};"))
            .ToList();

        var result = await host.RunBodyAsync(body);

        Assert.IsNotType<ScriptCompletion.Answered>(result.Completion);
        Assert.Equal(Enumerable.Range(0, 6).Select(i => $$"""{"id":{{i}}}"""), await Task.WhenAll(neighbours));
        Assert.Equal("""{"id":"good"}""", await host.AnswerAsync("await null; return { id: 'good' };"));
    }
}
