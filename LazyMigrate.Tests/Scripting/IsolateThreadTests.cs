using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.V8;

namespace LazyMigrate.Tests.Scripting;

/// <summary>Whoever waits for a run does not wait longer than its time, whatever its thread does.</summary>
public sealed class IsolateThreadTests
{
    private static readonly ScriptLimits s_limits = new() { WallTime = TimeSpan.FromMilliseconds(20) };

    [Fact]
    public async Task WaitAsync_AThreadThatNeverGetsToTheRun_EndsAtTheTimeLimit_AndIsTold()
    {
        var done = new TaskCompletionSource<ScriptCompletion>();

        var end = await IsolateThread.WaitAsync(done.Task, new TaskCompletionSource<ScriptFailureKind>().Task, s_limits);

        var failure = Assert.IsType<ScriptCompletion.Failed>(end.Completion).Failure;
        Assert.Equal(ScriptFailureKind.TimeLimit, failure.Kind);
        Assert.Contains("was not begun", failure.Message, StringComparison.Ordinal);
        Assert.False(end.Wedged!.IsCompleted);
        done.SetException(new InvalidOperationException("Much later."));
        await end.Wedged;
    }

    [Fact]
    public async Task WaitAsync_InterruptedAndStillGoing_IsWedged()
    {
        var end = await IsolateThread.WaitAsync(
            new TaskCompletionSource<ScriptCompletion>().Task,
            Task.FromResult(ScriptFailureKind.CpuLimit),
            new ScriptLimits { WallTime = TimeSpan.FromMinutes(5) });

        Assert.Equal(ScriptFailureKind.CpuLimit, Assert.IsType<ScriptCompletion.Failed>(end.Completion).Failure.Kind);
        Assert.NotNull(end.Wedged);
    }

    [Fact]
    public async Task WaitAsync_EndedInTheGrace_IsItsOwnEnd()
    {
        var done = new TaskCompletionSource<ScriptCompletion>();
        var waiting = IsolateThread.WaitAsync(done.Task, Task.FromResult(ScriptFailureKind.TimeLimit), s_limits);
        done.SetResult(new ScriptCompletion.Answered("1"));

        var end = await waiting;

        Assert.Equal((new ScriptCompletion.Answered("1"), null), ((ScriptCompletion.Answered)end.Completion, end.Wedged));
    }
}
