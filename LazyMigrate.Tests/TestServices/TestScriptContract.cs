using System.Text.Json;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Contracts;

namespace LazyMigrate.Tests.TestServices;

/// <summary>The outcomes of a script for tests that are not about the contract: a profile's names are those of <see cref="LegacyProfile"/>.</summary>
public sealed class TestScriptContract : IScriptContract
{
    public string LoginArguments(LegacyQuery query, string password, ScriptContext context) =>
        JsonSerializer.Serialize<object[]>([query, password, context], JsonSerializerOptions.Web);

    public string SearchArguments(LegacyQuery query, ScriptContext context) =>
        JsonSerializer.Serialize<object[]>([query, context], JsonSerializerOptions.Web);

    public string CountArguments(ScriptContext context) =>
        JsonSerializer.Serialize<object[]>([context], JsonSerializerOptions.Web);

    public LoginOutcome ReadLogin(ScriptRunResult result) => result.Completion switch
    {
        ScriptCompletion.Answered { Json: null or "null" } => new LoginOutcome.NoSuchUser(),
        ScriptCompletion.Answered { Json: { } json } => ProfileOf(json) is { Blocked: true } blocked
            ? new LoginOutcome.Blocked(blocked)
            : new LoginOutcome.Accepted(ProfileOf(json), []),
        ScriptCompletion.Threw { Error.Class: ScriptErrorClass.UserNotFound } => new LoginOutcome.NoSuchUser(),
        ScriptCompletion.Threw { Error.Class: ScriptErrorClass.Unauthorized } => new LoginOutcome.Blocked(null),
        ScriptCompletion.Threw { Error.Class: ScriptErrorClass.Temporary } => new LoginOutcome.Failed(FailureOf(result)),
        ScriptCompletion.Threw => new LoginOutcome.WrongPassword(),
        _ => new LoginOutcome.Failed(FailureOf(result)),
    };

    public SearchOutcome ReadSearch(ScriptRunResult result) => result.Completion switch
    {
        ScriptCompletion.Answered { Json: "null" } => new SearchOutcome.NotFound(),
        ScriptCompletion.Answered { Json: { } json } => new SearchOutcome.Found(ProfileOf(json), []),
        _ => new SearchOutcome.Failed(FailureOf(result)),
    };

    public CountOutcome ReadCount(ScriptRunResult result) => result.Completion is ScriptCompletion.Answered { Json: { } json }
        ? new CountOutcome.Counted(JsonSerializer.Deserialize<long>(json))
        : new CountOutcome.Failed(FailureOf(result));

    private static LegacyProfile ProfileOf(string json) => JsonSerializer.Deserialize<LegacyProfile>(json, JsonSerializerOptions.Web)!;

    private static ScriptFailure FailureOf(ScriptRunResult result) => result.Completion switch
    {
        ScriptCompletion.Failed failed => failed.Failure,
        ScriptCompletion.Threw threw => new ScriptFailure(ScriptFailureKind.ScriptError, threw.Error.Message),
        _ => new ScriptFailure(ScriptFailureKind.BadAnswer, "The answer has not the expected shape."),
    };
}
