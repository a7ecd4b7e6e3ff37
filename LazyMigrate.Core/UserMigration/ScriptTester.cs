using System.Diagnostics;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Core.Users;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LazyMigrate.Core.UserMigration;

/// <summary>Runs a draft with the real settings and shows what would happen. It stores nothing but the fact that a test of this source succeeded, and that it was run and by whom.</summary>
public sealed class ScriptTester(
    CustomDatabaseManager databases,
    DatabaseScriptManager scripts,
    ScriptTestCaseManager cases,
    IScriptRunner runner,
    ScriptContracts contracts,
    LegacyDirectory legacy,
    SecondFactorGuard factors,
    IServiceScopeFactory scopes,
    ActivityFactory activity,
    ActivityWriter writer,
    TimeProvider time,
    IOptions<LazyMigrationOptions> options)
{
    /// <summary>Runs one draft once.</summary>
    /// <exception cref="InvalidOperationException">There is no custom database.</exception>
    public async Task<ScriptTestReport> RunAsync(
        ScriptKind kind,
        string source,
        ScriptTestInput input,
        IProgress<ScriptConsoleLine>? console = null,
        CancellationToken cancellationToken = default)
    {
        var database = await databases.GetPublishedAsync(cancellationToken)
            ?? throw new InvalidOperationException("There is no custom database.");
        UserIdentifier? identifier = null;
        if (kind is ScriptKind.Login or ScriptKind.SearchUser or ScriptKind.UserMigrated)
        {
            identifier = IdentifierParser.Parse(input.Identifier, options.Value.PhoneRegion);
            if (identifier is null)
            {
                return ScriptTestReport.NotRun("Type an e-mail address, an international phone number or a user name.");
            }
        }

        if (kind == ScriptKind.UserMigrated && string.IsNullOrWhiteSpace(input.LegacyId))
        {
            return ScriptTestReport.NotRun("Type the key that the person has in the legacy database.");
        }

        if (kind == ScriptKind.ListUsers && (input.Page < 1 || input.Limit is < 1 or > ScriptTestInput.MostOnAPage))
        {
            return ScriptTestReport.NotRun($"Type a page from 1, and a limit from 1 to {ScriptTestInput.MostOnAPage:N0}.");
        }

        var contract = contracts.For(kind, source, input.Dialect);
        var password = input.Password;
        if (kind == ScriptKind.Login && input.StoredPasswordOf is { } caseId)
        {
            try
            {
                password = await cases.GetPasswordAsync(caseId, cancellationToken) ?? input.Password;
            }
            catch (SecretUnreadableException)
            {
                return ScriptTestReport.NotRun("The password stored with this case can no longer be read: enter it again.");
            }
        }

        var arguments = kind switch
        {
            ScriptKind.Login => contract.LoginArguments(LegacyDirectory.QueryFor(identifier!), password, legacy.Context()),
            ScriptKind.SearchUser => contract.SearchArguments(LegacyDirectory.QueryFor(identifier!), legacy.Context()),
            ScriptKind.CountUsers => contract.CountArguments(legacy.Context()),
            ScriptKind.ListUsers => contract.ListArguments(input.Page, input.Limit, legacy.Context()),
            ScriptKind.UserMigrated => contract.MigratedArguments(SampleOf(input, identifier!), legacy.Context()),
            _ => throw new UnreachableException(),
        };
        var request = LegacyDirectory.Request(database, kind, contract.Dialect, source, arguments, kind == ScriptKind.Login ? password : null);
        var result = await runner.RunAsync(request, console, cancellationToken);
        var report = kind switch
        {
            ScriptKind.Login => ScriptTestReport.Of(contract.ReadLogin(result), result),
            ScriptKind.SearchUser => ScriptTestReport.Of(contract.ReadSearch(result), result),
            ScriptKind.CountUsers => ScriptTestReport.Of(contract.ReadCount(result), result),
            ScriptKind.ListUsers => ScriptTestReport.Of(contract.ReadList(result, input.Limit), result),
            ScriptKind.UserMigrated => ScriptTestReport.Of(contract.ReadMigrated(result), result),
            _ => throw new UnreachableException(),
        };
        await factors.NoteAsync(database.Id, report.HasSecondFactor, cancellationToken);
        report = await WithMappingAsync(report with { Limits = request.Limits }, identifier, database, cancellationToken);
        if (report.IsSuccess)
        {
            await scripts.MarkTestedAsync(kind, source, input.Dialect, cancellationToken);
        }

        // Nothing of what the script said: it may quote the legacy database.
        await writer.WriteAsync(
            activity.Create(
                ActivityKinds.ScriptTested,
                input.Actor,
                subjectName: identifier?.Canonical,
                customDatabaseId: database.Id,
                duration: report.Duration,
                outcome: report.Outcome,
                detail: $"{kind}, draft {DatabaseScriptManager.HashOf(source, input.Dialect)[..12]}{(report.Failure is { } failure ? $": {failure.Kind}" : "")}"),
            cancellationToken);

        return report;
    }

    private MigratedUser SampleOf(ScriptTestInput input, UserIdentifier identifier)
    {
        var query = LegacyDirectory.QueryFor(identifier);
        return new MigratedUser
        {
            Id = input.LegacyId!.Trim(),
            LocalId = Guid.CreateVersion7(time.GetUtcNow()).ToString(),
            Email = query.Email,
            Phone = query.Phone,
            Username = query.Username,
            MigratedAt = time.GetUtcNow(),
        };
    }

    private async Task<ScriptTestReport> WithMappingAsync(ScriptTestReport report, UserIdentifier? identifier, PublishedDatabase database, CancellationToken cancellationToken)
    {
        if (report.Profile is null)
        {
            return report;
        }

        var mapped = LegacyProfileMapper.Map(
            report.Profile,
            identifier,
            new MappedOrigin(database.Id, null, database.TrustsEmailVerified, options.Value.PhoneRegion, time.GetUtcNow()) { AllowedRoles = database.AllowedRoles });
        report = report with { Mapped = mapped.User, Roles = mapped.Roles, DroppedRoles = mapped.DroppedRoles, Problems = [.. report.Problems, .. mapped.Problems] };
        if (!mapped.IsUsable)
        {
            return report with
            {
                Outcome = "Invalid",
                IsSuccess = false,
                Sentence = "The script accepted, but nobody can be moved with this profile. See the problems below.",
            };
        }

        await using var scope = scopes.CreateAsyncScope();
        var owners = await scope.ServiceProvider.GetRequiredService<MigratingUserStore>().FindOwnersAsync(mapped.User, cancellationToken);
        if (owners.Count == 0)
        {
            return report;
        }

        return report with
        {
            Collision = owners.Any(owner => owner.Field == "id")
                ? "This person has already moved: a log-in would not ask the script any more."
                : $"A log-in would be refused as a conflict: the {string.Join(" and ", owners.Select(owner => owner.Field).Distinct())} belongs to another user here.",
            CollidesWith = owners[0].OwnerId,
        };
    }
}

/// <summary>What a test run is given.</summary>
/// <param name="Identifier">E-mail, phone number or user name, as a person types it.</param>
/// <param name="Password">For <c>login</c> only. Never stored.</param>
public sealed record ScriptTestInput(string? Identifier, string Password)
{
    /// <summary>Who tests; null where nobody in particular does.</summary>
    public ActivityActor? Actor { get; init; }

    /// <summary>The dialect that was chosen by hand; null where reading the source tells.</summary>
    public ScriptDialect? Dialect { get; init; }

    /// <summary>The longest page of <c>listUsers</c> that can be asked for.</summary>
    public const int MostOnAPage = 1000;

    /// <summary>For <c>listUsers</c>: which page, from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>For <c>listUsers</c>: how many people a page has at most.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>For <c>userMigrated</c>: the sample user's key in the legacy database.</summary>
    public string? LegacyId { get; init; }

    /// <summary>The saved test case whose stored password is used in place of <see cref="Password"/>.</summary>
    public Guid? StoredPasswordOf { get; init; }
}
