using Microsoft.Extensions.Logging;

namespace LazyMigrate.Core.Scripting;

/// <summary>This room's log lines. No argument, variable, row or message of a script is ever a parameter.</summary>
internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Error, "The script module {Module} faulted in {Operation}")]
    public static partial void ModuleFaulted(ILogger logger, Exception exception, string module, string operation);

    [LoggerMessage(2002, LogLevel.Error, "A {Kind} script ignored its interrupts for {Seconds} s after its end; its thread is lost until it stops by itself")]
    public static partial void RunWedged(ILogger logger, ScriptKind kind, double seconds);

    [LoggerMessage(2003, LogLevel.Warning, "What a {Kind} script left open in the legacy database took longer than {Seconds} s to close; it goes on in the background")]
    public static partial void SlowRelease(ILogger logger, ScriptKind kind, double seconds);

    [LoggerMessage(2004, LogLevel.Error, "The run of a {Kind} script faulted")]
    public static partial void RunFaulted(ILogger logger, Exception exception, ScriptKind kind);

    [LoggerMessage(2005, LogLevel.Debug, "A script asked for version {Version} of {Module}; it gets the one there is")]
    public static partial void VersionNoted(ILogger logger, string module, string version);

    [LoggerMessage(2006, LogLevel.Error, "Something that a {Kind} script left open in the legacy database could not be closed: {Fault}, SQL state {SqlState}")]
    public static partial void NotGivenBack(ILogger logger, ScriptKind kind, string fault, string sqlState);

    [LoggerMessage(2007, LogLevel.Error, "A {Kind} script was not begun within its time: its thread was still clearing up after the run before")]
    public static partial void RunNotBegun(ILogger logger, ScriptKind kind);

    [LoggerMessage(2008, LogLevel.Warning, "Too many scripts run: {Count} were not started since the last such line. Look for scripts that wait for a slow database, or raise LazyMigrate:Workers:RunsAtOnce")]
    public static partial void RunsRefused(ILogger logger, int count);

    [LoggerMessage(2010, LogLevel.Information, "Scripts run in {Workers} worker processes. On: {On}. Off: {Off}. The first was ready after {Milliseconds:0} ms")]
    public static partial void WorkersReady(ILogger logger, int workers, string on, string off, double milliseconds);

    // What a worker prints before its first run is .NET's: a missing file, a wrong version.
    [LoggerMessage(2011, LogLevel.Error, "A script worker could not be started. It printed: {Output}")]
    public static partial void WorkerNotStarted(ILogger logger, Exception exception, string output);

    [LoggerMessage(2012, LogLevel.Warning, "Script worker {ProcessId} is gone: {Reason}. It held {Runs} runs, and is replaced")]
    public static partial void WorkerLost(ILogger logger, int processId, Workers.WorkerLossReason reason, int runs);

    [LoggerMessage(2013, LogLevel.Critical, "The script version {Version} ended {Workers} worker processes within {Seconds} s. It is not run for as long")]
    public static partial void Quarantined(ILogger logger, string version, int workers, double seconds);
}
