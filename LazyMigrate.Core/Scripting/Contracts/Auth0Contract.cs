namespace LazyMigrate.Core.Scripting.Contracts;

/// <summary>The dialect "auth0": the function calls back with its answer, and every outcome but that has an error class of its own.</summary>
internal sealed class Auth0Contract : ScriptContract
{
    public override ScriptDialect Dialect => ScriptDialect.Auth0;

    protected override string KeyName => "user_id";

    protected override string ProfileAdvice => "Call back with a profile object, or with nothing where there is no such person: callback(null, profile), callback(null).";

    /// <remarks>The context comes last; the run leaves it out where the function has no parameter for it, and adds the callback.</remarks>
    public override string LoginArguments(LegacyQuery query, string password, ScriptContext context) => Arguments(writer =>
    {
        writer.WriteStringValue(IdentifierOf(query));
        writer.WriteStringValue(password);
        WriteContext(writer, context);
    });

    public override string SearchArguments(LegacyQuery query, ScriptContext context) => Arguments(writer =>
    {
        writer.WriteStringValue(IdentifierOf(query));
        WriteContext(writer, context);
    });

    protected override LoginOutcome LoginThatThrew(ScriptError error) => error.Class switch
    {
        ScriptErrorClass.UserNotFound => new LoginOutcome.NoSuchUser(),
        ScriptErrorClass.WrongPassword => new LoginOutcome.WrongPassword(),
        ScriptErrorClass.Unauthorized => new LoginOutcome.Blocked(null),
        _ => new LoginOutcome.Failed(Failure(error, "Where it means a wrong password, call back with new WrongUsernameOrPasswordError(email).")),
    };

    protected override SearchOutcome SearchThatThrew(ScriptError error) =>
        new SearchOutcome.Failed(Failure(error, "Call back with nothing where there is no such person; an error means that nobody knows."));

    private static string? IdentifierOf(LegacyQuery query) => query.Email ?? query.Phone ?? query.Username ?? query.Id;

    /// <summary>The hosted service lets a run that ends without its callback stall; here it ends, and is told what to do.</summary>
    private static ScriptFailure Failure(ScriptError error, string advice) => error.WasCalledBack
        ? FailureOf(error, "The script called back with", advice)
        : FailureOf(error, "The script ended without calling its callback: it threw", "Catch the error and pass it on: callback(error).");
}
