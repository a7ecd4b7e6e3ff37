using System.Diagnostics;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Core.Users;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LazyMigrate.Core.UserMigration;

/// <summary>Asks the legacy database about people, through the published scripts.</summary>
public sealed class LegacyDirectory(
    IScriptRunner runner,
    ScriptContracts contracts,
    LegacyBreaker breaker,
    LegacyOutage outage,
    MigrationTelemetry telemetry,
    SecondFactorGuard factors,
    IActivityRequest request,
    IOptions<LazyMigrationOptions> options,
    ILogger<LegacyDirectory> logger)
{
    private static readonly ScriptFailure s_breakerOpen = new(
        ScriptFailureKind.BreakerOpen,
        "The scripts failed several times within seconds, so the legacy database is not asked for a short while. It is tried again by itself.");

    /// <summary>Checks a password with the published <c>login</c> script.</summary>
    public async Task<LoginOutcome> LogInAsync(PublishedDatabase database, UserIdentifier identifier, string password, CancellationToken cancellationToken)
    {
        if (!database.Scripts.TryGetValue(ScriptKind.Login, out var script))
        {
            outage.Report();
            return new LoginOutcome.Failed(NotPublished(ScriptKind.Login));
        }

        if (!breaker.TryEnter(database.Id, out var isTrial))
        {
            outage.Report();
            return new LoginOutcome.Failed(s_breakerOpen);
        }

        var contract = contracts.For(ScriptKind.Login, script.Source, script.Dialect);
        var arguments = contract.LoginArguments(QueryFor(identifier), password, Context());
        var started = Stopwatch.GetTimestamp();
        var outcome = contract.ReadLogin(await runner.RunAsync(Request(database, ScriptKind.Login, contract.Dialect, script.Source, arguments, password), null, cancellationToken));
        Report(database, isTrial, ScriptKind.Login, outcome.GetType().Name, started, (outcome as LoginOutcome.Failed)?.Failure);
        await factors.NoteAsync(database.Id, outcome.HasSecondFactor, cancellationToken);
        return outcome;
    }

    /// <summary>Looks a person up with the published <c>searchUser</c> script.</summary>
    public async Task<SearchOutcome> SearchAsync(PublishedDatabase database, UserIdentifier identifier, CancellationToken cancellationToken)
    {
        if (!database.Scripts.TryGetValue(ScriptKind.SearchUser, out var script))
        {
            return new SearchOutcome.Failed(NotPublished(ScriptKind.SearchUser));
        }

        if (!breaker.TryEnter(database.Id, out var isTrial))
        {
            outage.Report();
            return new SearchOutcome.Failed(s_breakerOpen);
        }

        var contract = contracts.For(ScriptKind.SearchUser, script.Source, script.Dialect);
        var arguments = contract.SearchArguments(QueryFor(identifier), Context());
        var started = Stopwatch.GetTimestamp();
        var outcome = contract.ReadSearch(await runner.RunAsync(Request(database, ScriptKind.SearchUser, contract.Dialect, script.Source, arguments), null, cancellationToken));
        Report(database, isTrial, ScriptKind.SearchUser, outcome.GetType().Name, started, (outcome as SearchOutcome.Failed)?.Failure);
        await factors.NoteAsync(database.Id, outcome.HasSecondFactor, cancellationToken);
        return outcome;
    }

    /// <summary>Counts the people of the legacy database with the published <c>countUsers</c> script.</summary>
    /// <returns>The outcome, or null when no such script is published.</returns>
    public async Task<CountOutcome?> CountAsync(PublishedDatabase database, CancellationToken cancellationToken)
    {
        if (!database.Scripts.TryGetValue(ScriptKind.CountUsers, out var script))
        {
            return null;
        }

        var contract = contracts.For(ScriptKind.CountUsers, script.Source, script.Dialect);
        var arguments = contract.CountArguments(Context());
        return contract.ReadCount(await runner.RunAsync(Request(database, ScriptKind.CountUsers, contract.Dialect, script.Source, arguments), null, cancellationToken));
    }

    /// <summary>Tells the legacy database with the published <c>userMigrated</c> script that somebody has moved.</summary>
    /// <remarks>It passes the breaker, but its own failures do not open it: a mistake in this script must not keep anybody from logging in.</remarks>
    /// <returns>The outcome, or null when no such script is published.</returns>
    public async Task<MigratedOutcome?> TellMigratedAsync(PublishedDatabase database, MigratedUser user, CancellationToken cancellationToken)
    {
        if (!database.Scripts.TryGetValue(ScriptKind.UserMigrated, out var script))
        {
            return null;
        }

        if (breaker.StateOf(database.Id) == LegacyBreakerState.Open)
        {
            return new MigratedOutcome.Failed(s_breakerOpen);
        }

        var contract = contracts.For(ScriptKind.UserMigrated, script.Source, script.Dialect);
        var arguments = contract.MigratedArguments(user, Context());
        return contract.ReadMigrated(await runner.RunAsync(Request(database, ScriptKind.UserMigrated, contract.Dialect, script.Source, arguments), null, cancellationToken));
    }

    internal static LegacyQuery QueryFor(UserIdentifier identifier) => identifier.Kind switch
    {
        IdentifierKind.Email => new LegacyQuery { Email = identifier.Canonical },
        IdentifierKind.Phone => new LegacyQuery { Phone = identifier.Canonical },
        _ => new LegacyQuery { Username = identifier.Canonical },
    };

    internal static ScriptRunRequest Request(PublishedDatabase database, ScriptKind kind, ScriptDialect dialect, string source, string arguments, string? password = null) => new()
    {
        Kind = kind,
        Dialect = dialect,
        Source = source,
        ArgumentsJson = arguments,
        Variables = database.Variables,
        Access = database.Access,
        Secrets = string.IsNullOrEmpty(password) ? database.Secrets : [password, .. database.Secrets],
    };

    internal ScriptContext Context() => new() { UserPoolName = options.Value.UserPoolName, Ip = request.Address };

    private void Report(PublishedDatabase database, bool isTrial, ScriptKind operation, string outcome, long started, ScriptFailure? failure)
    {
        if (failure?.Kind == ScriptFailureKind.Busy)
        {
            breaker.Withdraw(database.Id, isTrial);
            outage.ReportNotAsked();
            return;
        }

        telemetry.Answered(database, operation, outcome, Stopwatch.GetElapsedTime(started), failure);
        switch (breaker.Report(database.Id, failure is not null))
        {
            case LegacyBreakerChange.Opened:
                Log.LegacyDatabaseAway(logger, database.Name, failure!.Kind);
                break;
            case LegacyBreakerChange.Closed:
                Log.LegacyDatabaseBack(logger, database.Name);
                break;
        }

        if (failure is not null)
        {
            outage.Report();
        }
    }

    private static ScriptFailure NotPublished(ScriptKind kind) =>
        new(ScriptFailureKind.FunctionMissing, $"No {kind} script is published.");
}
