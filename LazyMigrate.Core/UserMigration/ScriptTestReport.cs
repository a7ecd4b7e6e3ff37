using System.Diagnostics;
using System.Globalization;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Core.Users;

namespace LazyMigrate.Core.UserMigration;

/// <summary>What a test run showed.</summary>
public sealed record ScriptTestReport
{
    /// <summary>The outcome as a stable word: <c>Accepted</c>, <c>Found</c>, <c>Counted</c>, <c>Listed</c>, <c>Done</c>, <c>NoSuchUser</c>, <c>NotFound</c>, <c>WrongPassword</c>, <c>Blocked</c>, <c>Invalid</c>, <c>Failed</c>, <c>NotRun</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Whether it proves that the script works: Accepted, Found, Counted, Done, or Listed without a row that nobody can be moved with.</summary>
    public required bool IsSuccess { get; init; }

    /// <summary>What it means, in a sentence.</summary>
    public required string Sentence { get; init; }

    /// <summary>Why there is no outcome of the script's own.</summary>
    public ScriptFailure? Failure { get; init; }

    /// <summary>What the script threw, where it threw.</summary>
    public ScriptError? Error { get; init; }

    /// <summary>What the function returned, as JSON; null for undefined or where it did not return.</summary>
    public string? AnswerJson { get; init; }

    public LegacyProfile? Profile { get; init; }

    /// <summary>Whether the answer has the secret of an authenticator app, be it readable or not.</summary>
    public bool HasSecondFactor { get; init; }

    /// <summary>The user that a log-in would store; not stored.</summary>
    public AppUser? Mapped { get; init; }

    /// <summary>The roles that a log-in would give.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>The profile's roles that are not among the allowed ones.</summary>
    public IReadOnlyList<string> DroppedRoles { get; init; } = [];

    public IReadOnlyList<ProfileProblem> Problems { get; init; } = [];

    /// <summary>That a local user is in the way, in a sentence; null if none is.</summary>
    public string? Collision { get; init; }

    /// <summary>The user that is in the way.</summary>
    public Guid? CollidesWith { get; init; }

    /// <summary>For <c>countUsers</c> and <c>listUsers</c>: how many people there are in all.</summary>
    public long? Count { get; init; }

    /// <summary>For <c>listUsers</c>: the page, in the script's order.</summary>
    public IReadOnlyList<ListedUser> Users { get; init; } = [];

    public IReadOnlyList<ScriptConsoleLine> Console { get; init; } = [];

    public IReadOnlyList<ScriptModuleCall> ModuleCalls { get; init; } = [];

    public TimeSpan Duration { get; init; }

    /// <summary>What the run was allowed to use.</summary>
    public ScriptLimits Limits { get; init; } = new();

    internal static ScriptTestReport NotRun(string sentence) => new() { Outcome = "NotRun", IsSuccess = false, Sentence = sentence };

    internal static ScriptTestReport Of(LoginOutcome outcome, ScriptRunResult result) => WithoutFactor(outcome, result) with { HasSecondFactor = outcome.HasSecondFactor };

    internal static ScriptTestReport Of(SearchOutcome outcome, ScriptRunResult result) => WithoutFactor(outcome, result) with { HasSecondFactor = outcome.HasSecondFactor };

    private static ScriptTestReport WithoutFactor(LoginOutcome outcome, ScriptRunResult result) => outcome switch
    {
        LoginOutcome.Accepted accepted => Base(result, "Accepted", true, "The password is right: this person would be moved and signed in.") with { Profile = accepted.Profile, Problems = accepted.Notes },
        LoginOutcome.NoSuchUser => Base(result, "NoSuchUser", false, "The legacy database does not know this person."),
        LoginOutcome.WrongPassword => Base(result, "WrongPassword", false, "The legacy database knows this person, but the password is wrong."),
        LoginOutcome.Blocked blocked => Base(result, "Blocked", false, "This person is blocked in the legacy database and would not be let in.") with { Profile = blocked.Profile },
        LoginOutcome.Invalid invalid => Base(result, "Invalid", false, "The script accepted, but nobody can be moved with this profile. See the problems below.") with { Problems = invalid.Problems },
        LoginOutcome.Failed failed => Of(failed.Failure, result),
        _ => throw new UnreachableException(),
    };

    private static ScriptTestReport WithoutFactor(SearchOutcome outcome, ScriptRunResult result) => outcome switch
    {
        SearchOutcome.Found found => Base(result, "Found", true, "The legacy database knows this person: nobody could register under this identifier.") with { Profile = found.Profile, Problems = found.Notes },
        SearchOutcome.NotFound => Base(result, "NotFound", false, "The legacy database does not know this person: the identifier is free there."),
        SearchOutcome.Invalid invalid => Base(result, "Invalid", false, "The script answered with something that is not a profile. See the problems below.") with { Problems = invalid.Problems },
        SearchOutcome.Failed failed => Of(failed.Failure, result),
        _ => throw new UnreachableException(),
    };

    internal static ScriptTestReport Of(CountOutcome outcome, ScriptRunResult result) => outcome switch
    {
        CountOutcome.Counted counted => Base(result, "Counted", true, string.Create(CultureInfo.InvariantCulture, $"The legacy database holds {counted.Users:N0} people.")) with { Count = counted.Users },
        CountOutcome.Failed failed => Of(failed.Failure, result),
        _ => throw new UnreachableException(),
    };

    internal static ScriptTestReport Of(ListOutcome outcome, ScriptRunResult result)
    {
        switch (outcome)
        {
            case ListOutcome.Listed listed:
                var unusable = listed.Users.Count(user => user.Profile is null);
                var page = string.Create(CultureInfo.InvariantCulture, $"{listed.Users.Count:N0} of {listed.TotalCount:N0} people are on this page");
                return (unusable == 0
                    ? Base(result, "Listed", true, $"{page}.")
                    : Base(result, "Invalid", false, $"{page}, but {unusable} of the rows cannot be read as a person. See the problems below.")) with
                {
                    Count = listed.TotalCount,
                    Users = listed.Users,
                    Problems = [.. listed.Users.SelectMany(user => user.Problems)],
                };
            case ListOutcome.Failed failed:
                return Of(failed.Failure, result);
            default:
                throw new UnreachableException();
        }
    }

    internal static ScriptTestReport Of(MigratedOutcome outcome, ScriptRunResult result) => outcome switch
    {
        MigratedOutcome.Done => Base(result, "Done", true, "The function ended without an error. What it returned does not count.") with { AnswerJson = null },
        MigratedOutcome.Failed failed => Of(failed.Failure, result),
        _ => throw new UnreachableException(),
    };

    private static ScriptTestReport Of(ScriptFailure failure, ScriptRunResult result) =>
        Base(result, "Failed", false, failure.Message) with { Failure = failure };

    private static ScriptTestReport Base(ScriptRunResult result, string outcome, bool isSuccess, string sentence) => new()
    {
        Outcome = outcome,
        IsSuccess = isSuccess,
        Sentence = sentence,
        Error = (result.Completion as ScriptCompletion.Threw)?.Error,
        AnswerJson = LegacyTotp.Mask((result.Completion as ScriptCompletion.Answered)?.Json),
        Console = result.Console,
        ModuleCalls = result.ModuleCalls,
        Duration = result.Duration,
    };
}
