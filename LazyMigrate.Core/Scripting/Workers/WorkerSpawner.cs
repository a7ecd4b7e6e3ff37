using System.Collections.Concurrent;

namespace LazyMigrate.Core.Scripting.Workers;

/// <summary>The one thread that starts workers. Linux ends a child when the thread that started it ends, and threads of the pool come and go.</summary>
internal sealed class WorkerSpawner : IDisposable
{
    private readonly BlockingCollection<Action> _orders = [];

    public WorkerSpawner() => new Thread(Work) { IsBackground = true, Name = "script workers" }.Start();

    public Task<T> InvokeAsync<T>(Func<T> start)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _orders.Add(() =>
        {
            try
            {
                done.SetResult(start());
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        });
        return done.Task;
    }

    public void Dispose() => _orders.CompleteAdding();

    private void Work()
    {
        foreach (var order in _orders.GetConsumingEnumerable())
        {
            order();
        }

        _orders.Dispose();
    }
}
