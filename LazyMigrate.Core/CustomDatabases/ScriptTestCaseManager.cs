using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Data;
using LazyMigrate.Core.Scripting;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Core.CustomDatabases;

/// <summary>The saved test cases of the scripts. A password that is stored with one can be used by a test run, and never be read again.</summary>
public sealed class ScriptTestCaseManager(
    IDbContextFactory<AppDbContext> contexts,
    SecretProtector secrets,
    ActivityFactory activity,
    TimeProvider time)
{
    /// <summary>The cases of one script by name; empty while there is no custom database.</summary>
    public async Task<IReadOnlyList<ScriptTestCaseSummary>> ListAsync(ScriptKind kind, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await CustomDatabaseManager.CurrentAsync(context.CustomDatabases.AsNoTracking(), cancellationToken) is not { } database)
        {
            return [];
        }

        var cases = await context.ScriptTestCases.AsNoTracking()
            .Where(item => item.CustomDatabaseId == database.Id && item.Kind == kind)
            .ToListAsync(cancellationToken);

        // Sorted here: the two databases sort letters differently.
        return cases.Select(SummaryOf).OrderBy(item => item.Name, StringComparer.OrdinalIgnoreCase).ThenBy(item => item.Id).ToList();
    }

    /// <summary>Stores a new case, or a changed one.</summary>
    /// <exception cref="InvalidOperationException">There is no custom database.</exception>
    public async Task<ScriptTestCaseSave> SaveAsync(ScriptKind kind, ScriptTestCaseEdit edit, ActivityActor actor, CancellationToken cancellationToken = default)
    {
        secrets.LoadKeys();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var database = await CustomDatabaseManager.CurrentAsync(context.CustomDatabases.AsNoTracking(), cancellationToken)
            ?? throw new InvalidOperationException("There is no custom database.");
        var cases = context.ScriptTestCases.Where(item => item.CustomDatabaseId == database.Id && item.Kind == kind);
        var stored = edit.Id is { } id ? await cases.FirstOrDefaultAsync(item => item.Id == id, cancellationToken) : null;
        if (edit.Id is not null && stored is null)
        {
            return new ScriptTestCaseSave.Gone();
        }

        var problems = Validate(kind, edit, stored);
        if (stored is null && await cases.CountAsync(cancellationToken) >= ScriptTestCase.MostPerScript)
        {
            problems.Add(new FieldProblem("", $"A script has at most {ScriptTestCase.MostPerScript} cases. Delete one that is no longer needed."));
        }

        if (problems.Count > 0)
        {
            return new ScriptTestCaseSave.Refused(problems);
        }

        if (stored is null)
        {
            stored = new ScriptTestCase { CustomDatabaseId = database.Id, Kind = kind, Name = "", ExpectedOutcome = "", CreatedAt = time.GetUtcNow() };
            context.Add(stored);
        }

        var hadPassword = stored.ProtectedPassword is not null;
        stored.Name = edit.Name.Trim();
        stored.Identifier = ExpectedOutcomes.NeedIdentifier(kind) ? edit.Identifier!.Trim() : null;
        stored.ExpectedOutcome = edit.ExpectedOutcome;
        stored.ProtectedPassword = !edit.StoresPassword ? null : secrets.Protect(edit.NewPassword) ?? stored.ProtectedPassword;
        stored.UpdatedAt = time.GetUtcNow();
        context.Add(activity.Create(
            ActivityKinds.ScriptTestCaseSaved,
            actor,
            customDatabaseId: database.Id,
            outcome: kind.ToString(),
            detail: $"“{stored.Name}”{PasswordChange(hadPassword, edit)}"));
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ScriptTestCaseSave.Gone();
        }
        catch (DbUpdateException exception) when (UniqueViolation.Is(exception))
        {
            return new ScriptTestCaseSave.Refused([new FieldProblem(nameof(edit.Name), "Another case of this script has this name.")]);
        }

        return new ScriptTestCaseSave.Saved(SummaryOf(stored));
    }

    /// <summary>Deletes a case, and its password with it.</summary>
    /// <returns>Whether it was there.</returns>
    public async Task<bool> DeleteAsync(Guid id, ActivityActor actor, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.ScriptTestCases.FirstOrDefaultAsync(item => item.Id == id, cancellationToken) is not { } stored)
        {
            return false;
        }

        context.Remove(stored);
        context.Add(activity.Create(
            ActivityKinds.ScriptTestCaseDeleted,
            actor,
            customDatabaseId: stored.CustomDatabaseId,
            outcome: stored.Kind.ToString(),
            detail: $"“{stored.Name}”{(stored.ProtectedPassword is null ? "" : ", with its stored password")}"));
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody else was quicker.
            return false;
        }
    }

    /// <summary>The password that is stored with a case; null when there is none, or no such case.</summary>
    /// <exception cref="SecretUnreadableException">The key that it was encrypted with is gone.</exception>
    internal async Task<string?> GetPasswordAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return secrets.Unprotect(await context.ScriptTestCases
            .Where(item => item.Id == id)
            .Select(item => item.ProtectedPassword)
            .FirstOrDefaultAsync(cancellationToken));
    }

    private static List<FieldProblem> Validate(ScriptKind kind, ScriptTestCaseEdit edit, ScriptTestCase? stored)
    {
        var problems = new List<FieldProblem>();
        Check(nameof(edit.Name), edit.Name, ScriptTestCase.NameLength, "Give the case a name.");
        if (ExpectedOutcomes.NeedIdentifier(kind))
        {
            Check(nameof(edit.Identifier), edit.Identifier, ScriptTestCase.IdentifierLength, "Type an e-mail address, a phone number or a user name.");
        }

        if (!ExpectedOutcomes.AreKept(kind))
        {
            problems.Add(new FieldProblem("", "This script has no test cases: each of its runs changes the legacy database."));
        }
        else if (!ExpectedOutcomes.Of(kind).Contains(edit.ExpectedOutcome))
        {
            problems.Add(new FieldProblem(nameof(edit.ExpectedOutcome), "This script cannot have this outcome."));
        }

        if (edit.StoresPassword && kind != ScriptKind.Login)
        {
            problems.Add(new FieldProblem(nameof(edit.NewPassword), "Only log-ins have a password."));
        }
        else if (edit.StoresPassword && string.IsNullOrEmpty(edit.NewPassword) && stored?.ProtectedPassword is null)
        {
            problems.Add(new FieldProblem(nameof(edit.NewPassword), "Type the password that is to be stored."));
        }
        else if (edit.NewPassword?.Length > ScriptTestCase.PasswordLength)
        {
            problems.Add(new FieldProblem(nameof(edit.NewPassword), $"At most {ScriptTestCase.PasswordLength:N0} characters."));
        }

        return problems;

        void Check(string field, string? value, int length, string missing)
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                problems.Add(new FieldProblem(field, missing));
            }
            else if (value.Trim().Length > length)
            {
                problems.Add(new FieldProblem(field, $"At most {length} characters."));
            }
        }
    }

    private static string PasswordChange(bool hadPassword, ScriptTestCaseEdit edit) => (hadPassword, edit.StoresPassword) switch
    {
        (_, true) when !string.IsNullOrEmpty(edit.NewPassword) => ", password stored as a secret",
        (true, false) => ", stored password deleted",
        _ => "",
    };

    private static ScriptTestCaseSummary SummaryOf(ScriptTestCase item) =>
        new(item.Id, item.Kind, item.Name, item.Identifier, item.ExpectedOutcome, item.ProtectedPassword is not null);
}
