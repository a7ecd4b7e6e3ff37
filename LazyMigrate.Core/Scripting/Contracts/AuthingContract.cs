using System.Text.Json;

namespace LazyMigrate.Core.Scripting.Contracts;

/// <summary>The dialect "authing": the function returns its answer, and a throw is a refusal or a failure.</summary>
internal sealed class AuthingContract : ScriptContract
{
    private const string Threw = "The script threw";

    /// <summary>What V8 throws at a mistake in the script. No user may hear of a typo as "wrong password".</summary>
    private static readonly HashSet<string> s_engineErrors = new(StringComparer.Ordinal)
    {
        "TypeError", "ReferenceError", "RangeError", "SyntaxError", "EvalError", "URIError",
    };

    public override ScriptDialect Dialect => ScriptDialect.Authing;

    protected override string KeyName => "id";

    protected override string ProfileAdvice => "Return a profile object, or null where there is no such person.";

    public override string LoginArguments(LegacyQuery query, string password, ScriptContext context) => Arguments(writer =>
    {
        WriteQuery(writer, query with { Id = null });
        writer.WriteStringValue(password);
        WriteContext(writer, context);
    });

    public override string SearchArguments(LegacyQuery query, ScriptContext context) => Arguments(writer =>
    {
        WriteQuery(writer, query);
        WriteContext(writer, context);
    });

    protected override LoginOutcome LoginThatThrew(ScriptError error) => error.Class switch
    {
        ScriptErrorClass.UserNotFound => new LoginOutcome.NoSuchUser(),
        ScriptErrorClass.WrongPassword => new LoginOutcome.WrongPassword(),
        ScriptErrorClass.Unauthorized => new LoginOutcome.Blocked(null),
        ScriptErrorClass.Plain when !error.ModuleCallFailed && !s_engineErrors.Contains(error.Name) => new LoginOutcome.WrongPassword(),
        _ => new LoginOutcome.Failed(FailureOf(error, Threw, "")),
    };

    protected override SearchOutcome SearchThatThrew(ScriptError error) =>
        new SearchOutcome.Failed(FailureOf(error, Threw, "Return null where there is no such person; an error means that nobody knows."));

    private static void WriteQuery(Utf8JsonWriter writer, LegacyQuery query)
    {
        writer.WriteStartObject();
        WriteOptional(writer, "email", query.Email);
        WriteOptional(writer, "phone", query.Phone);
        WriteOptional(writer, "username", query.Username);
        WriteOptional(writer, "id", query.Id);
        writer.WriteEndObject();
    }
}
