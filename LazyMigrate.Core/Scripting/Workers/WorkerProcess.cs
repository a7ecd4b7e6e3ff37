using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using LazyMigrate.Core.Scripting.Modules;

namespace LazyMigrate.Core.Scripting.Workers;

/// <summary>One child process, from its start to its end.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Disposed of by itself, with the end of the process.")]
internal sealed class WorkerProcess
{
    private const int KilledExitCode = 128 + 9;
    private const int StartOutputLength = 2_000;

    private static readonly TimeSpan s_exitTime = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource<WorkerLoss> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<WorkerLease, string> _leases = [];
    private readonly StringBuilder _startOutput = new();
    private readonly Lock _lock = new();
    private readonly Process _process;
    private readonly WorkerSession _session;
    private WorkerLossReason? _killedFor;
    private string? _guilty;
    private bool _ready;
    private volatile bool _gone;

    public WorkerProcess(Process process, ScriptModuleCatalog modules)
    {
        _process = process;
        Id = process.Id;
        new Thread(ReadErrors, 256 << 10) { IsBackground = true, Name = $"errors of script worker {Id}" }.Start();
        _session = new WorkerSession(
            PipeThread.Read(process.StandardOutput.BaseStream, $"script worker {Id}"),
            PipeWriter.Create(process.StandardInput.BaseStream),
            modules,
            Kill);
        _ = EndAsync();
    }

    public int Id { get; }

    /// <summary>Whether it has ended or is about to. It is, before any run is told that it lost its worker.</summary>
    public bool IsGone => _gone;

    /// <summary>Ends with the process.</summary>
    public Task<WorkerLoss> Lost => _lost.Task;

    /// <summary>What it printed before it was ready: why it could not start. Later output may hold what a script made, and is thrown away.</summary>
    public string StartOutput
    {
        get
        {
            lock (_startOutput)
            {
                return _startOutput.ToString();
            }
        }
    }

    /// <summary>Resident memory, in bytes; 0 where the process has ended.</summary>
    public long Memory
    {
        get
        {
            try
            {
                if (OperatingSystem.IsLinux())
                {
                    // "67310 17003 12711 1 0 24601 0": pages in all, resident, …
                    var pages = File.ReadAllText($"/proc/{Id}/statm").Split(' ')[1];
                    return long.Parse(pages, CultureInfo.InvariantCulture) * Environment.SystemPageSize;
                }

                _process.Refresh();
                return _process.WorkingSet64;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidOperationException or IndexOutOfRangeException)
            {
                return 0;
            }
        }
    }

    /// <summary>Waits for its first word.</summary>
    public async Task<WorkerReady> StartAsync(CancellationToken cancellationToken)
    {
        var ready = await _session.StartAsync(cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _ready, true);
        return ready;
    }

    public async Task<WorkerOutcome> RunAsync(
        WorkerLease lease,
        ScriptRunRequest request,
        ConsoleCapture console,
        ModuleCalls calls,
        CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _leases[lease] = lease.Version;
        }

        try
        {
            var completion = await _session.RunAsync(request, lease.Version, console, calls, cancellationToken).ConfigureAwait(false);
            return completion is not null
                ? new WorkerOutcome.Ended(completion)
                : new WorkerOutcome.Lost(await Lost.ConfigureAwait(false));
        }
        finally
        {
            lock (_lock)
            {
                _leases.Remove(lease);
            }
        }
    }

    /// <summary>Ends it at once. The first reason counts.</summary>
    public void Kill(WorkerLossReason reason, string? guilty = null)
    {
        _gone = true;
        lock (_lock)
        {
            _killedFor ??= reason;
            _guilty ??= guilty;
        }

        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }

    private async Task EndAsync()
    {
        await Task.WhenAny(_session.Closed, _process.WaitForExitAsync()).ConfigureAwait(false);
        _gone = true;
        using var patience = new CancellationTokenSource(s_exitTime);
        var exited = _process.WaitForExitAsync(patience.Token);
        if (await Task.WhenAny(exited, Task.Delay(TimeSpan.FromMilliseconds(500), CancellationToken.None)).ConfigureAwait(false) != exited)
        {
            // A worker that closes its pipe and lives on is not one of ours.
            Kill(WorkerLossReason.Protocol);
        }

        try
        {
            await exited.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Killed, and still being torn down by the system: it has no pipe any more.
        }

        WorkerLoss loss;
        lock (_lock)
        {
            var reason = _killedFor ?? (_process.HasExited && _process.ExitCode == KilledExitCode ? WorkerLossReason.KilledFromOutside : WorkerLossReason.Crashed);

            // A thread that never got to its run was held by one that had ended before, and nobody knows which.
            IEnumerable<string> suspects = _guilty is not null ? [_guilty] : reason == WorkerLossReason.Wedged ? [] : _leases.Values;
            loss = new WorkerLoss(reason, suspects.ToHashSet(StringComparer.Ordinal), _leases.Count);
        }

        _session.Dispose();
        _lost.SetResult(loss);
        _process.Dispose();
    }

    private void ReadErrors()
    {
        var buffer = new char[256];
        try
        {
            int read;
            while ((read = _process.StandardError.Read(buffer)) > 0)
            {
                lock (_startOutput)
                {
                    if (!Volatile.Read(ref _ready) && _startOutput.Length < StartOutputLength)
                    {
                        _startOutput.Append(buffer, 0, read);
                    }
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // It has ended.
        }
    }
}
