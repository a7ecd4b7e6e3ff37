using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.V8;

namespace LazyMigrate.Tests.Scripting;

/// <summary>Whoever waits for a run does not wait longer than its time, whatever its thread does.</summary>
public sealed class IsolateThreadTests
{
    private static readonly ScriptLimits s_limits = new() { WallTime = TimeSpan.FromMilliseconds(20) };

    [Fact]
    public async Task WaitAsync_AThreadThatNeverGetsToTheRun_EndsAtTheTimeLimit_AsNotBegun()
    {
        var done = new TaskCompletionSource<ScriptCompletion>();

        var end = await IsolateThread.WaitAsync(done.Task, new TaskCompletionSource<ScriptFailureKind>().Task, () => true, s_limits, default);

        var failure = Assert.IsType<ScriptCompletion.Failed>(end.Completion).Failure;
        Assert.Equal((ScriptFailureKind.Busy, false), (failure.Kind, end.Begun));
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
            () => false,
            new ScriptLimits { WallTime = TimeSpan.FromMinutes(5) },
            default);

        Assert.Equal(ScriptFailureKind.CpuLimit, Assert.IsType<ScriptCompletion.Failed>(end.Completion).Failure.Kind);
        Assert.NotNull(end.Wedged);
        Assert.True(end.Begun);
    }

    [Fact]
    public async Task WaitAsync_CanceledBeforeItBegan_EndsAtOnce()
    {
        var end = await IsolateThread.WaitAsync(
            new TaskCompletionSource<ScriptCompletion>().Task,
            new TaskCompletionSource<ScriptFailureKind>().Task,
            () => true,
            new ScriptLimits { WallTime = TimeSpan.FromDays(1) },
            new CancellationToken(canceled: true));

        Assert.Equal(new IsolateEnd(RunFailures.Canceled, null, Begun: false), end);
    }

    [Fact]
    public async Task WaitAsync_BegunInTheLastMoment_IsWedged_AndCharged()
    {
        var end = await IsolateThread.WaitAsync(
            new TaskCompletionSource<ScriptCompletion>().Task,
            new TaskCompletionSource<ScriptFailureKind>().Task,
            () => false,
            s_limits,
            default);

        Assert.Equal((ScriptFailureKind.TimeLimit, true), (Assert.IsType<ScriptCompletion.Failed>(end.Completion).Failure.Kind, end.Begun));
    }

    [Fact]
    public async Task WaitAsync_EndedInTheGrace_IsItsOwnEnd()
    {
        var done = new TaskCompletionSource<ScriptCompletion>();
        var waiting = IsolateThread.WaitAsync(done.Task, Task.FromResult(ScriptFailureKind.TimeLimit), () => false, s_limits, default);
        done.SetResult(new ScriptCompletion.Answered("1"));

        var end = await waiting;

        Assert.Equal((new ScriptCompletion.Answered("1"), null), ((ScriptCompletion.Answered)end.Completion, end.Wedged));
    }
}
