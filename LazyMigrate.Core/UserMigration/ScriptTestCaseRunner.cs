using System.Runtime.CompilerServices;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;

namespace LazyMigrate.Core.UserMigration;

/// <summary>Runs saved test cases one after the other: the legacy database sees no more of them at once than of a single person.</summary>
public sealed class ScriptTestCaseRunner(ScriptTester tester)
{
    /// <summary>Runs each case against one source; a result comes as soon as its run has ended.</summary>
    /// <param name="kind">Which script.</param>
    /// <param name="source">The draft.</param>
    /// <param name="cases">In this order.</param>
    /// <param name="typedPasswords">Passwords of cases that have none stored, by the case's id.</param>
    /// <param name="dialect">The dialect that was chosen by hand; null where reading the source tells.</param>
    /// <param name="actor">Who tests.</param>
    /// <param name="cancellationToken">Ends the run that is going on, and begins no other.</param>
    /// <exception cref="InvalidOperationException">There is no custom database.</exception>
    public async IAsyncEnumerable<ScriptTestCaseResult> RunAsync(
        ScriptKind kind,
        string source,
        IReadOnlyList<ScriptTestCaseSummary> cases,
        IReadOnlyDictionary<Guid, string> typedPasswords,
        ScriptDialect? dialect = null,
        ActivityActor? actor = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var item in cases)
        {
            var typed = item.HasPassword ? null : typedPasswords.GetValueOrDefault(item.Id);
            if (kind == ScriptKind.Login && !item.HasPassword && typed is null && ExpectedOutcomes.NeedsPassword(item.ExpectedOutcome))
            {
                yield return new ScriptTestCaseResult(item, ScriptTestReport.NotRun("Not run: no password is stored with this case. Use it, type the password and run it once; it is then known until you leave the page."));
                continue;
            }

            cancellationToken.ThrowIfCancellationRequested();
            var input = new ScriptTestInput(item.Identifier, typed ?? "") { StoredPasswordOf = item.HasPassword ? item.Id : null, Dialect = dialect, Actor = actor };
            yield return new ScriptTestCaseResult(item, await tester.RunAsync(kind, source, input, console: null, cancellationToken));
        }
    }
}

/// <summary>What came of one case.</summary>
public sealed record ScriptTestCaseResult(ScriptTestCaseSummary Case, ScriptTestReport Report)
{
    /// <summary>Whether the outcome is the expected one.</summary>
    public bool IsMet => Report.Outcome == Case.ExpectedOutcome;

    /// <summary>Whether the script was called at all.</summary>
    public bool IsRun => Report.Outcome != "NotRun";
}
