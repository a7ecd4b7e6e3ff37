using System.Globalization;
using System.Text.Json;

namespace LazyMigrate.Core.Scripting.Contracts;

/// <summary>What both dialects share: profiles, counts, the context, and failures in words for the administrator.</summary>
internal abstract class ScriptContract : IScriptContract
{
    private const long LargestSafeInteger = (1L << 53) - 1;

    public abstract ScriptDialect Dialect { get; }

    /// <summary>The name of the profile's key that is read first: <c>id</c> or <c>user_id</c>.</summary>
    protected abstract string KeyName { get; }

    public abstract string LoginArguments(LegacyQuery query, string password, ScriptContext context);

    public abstract string SearchArguments(LegacyQuery query, ScriptContext context);

    public string CountArguments(ScriptContext context) => Arguments(writer => WriteContext(writer, context));

    public string ListArguments(int page, int limit, ScriptContext context) => Arguments(writer =>
    {
        writer.WriteNumberValue(page);
        writer.WriteNumberValue(limit);
        WriteContext(writer, context);
    });

    public string MigratedArguments(MigratedUser user, ScriptContext context) => Arguments(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("id", user.Id);
        writer.WriteString("localId", user.LocalId);
        WriteOptional(writer, "email", user.Email);
        WriteOptional(writer, "phone", user.Phone);
        WriteOptional(writer, "username", user.Username);
        WriteOptional(writer, "name", user.Name);
        writer.WriteString("migratedAt", user.MigratedAt.UtcDateTime);
        writer.WriteEndObject();
        WriteContext(writer, context);
    });

    public LoginOutcome ReadLogin(ScriptRunResult result)
    {
        switch (result.Completion)
        {
            case ScriptCompletion.Failed failed:
                return new LoginOutcome.Failed(failed.Failure);
            case ScriptCompletion.Threw threw:
                return LoginThatThrew(threw.Error);
            case ScriptCompletion.Answered { Json: null or "null" }:
                return new LoginOutcome.NoSuchUser();
        }

        var (failure, profile, problems, hasSecondFactor) = ReadProfile(result.Completion, "`login`", ProfileAdvice);
        return (failure, profile) switch
        {
            ({ } failed, _) => new LoginOutcome.Failed(failed),
            (_, null) => new LoginOutcome.Invalid(problems, hasSecondFactor),
            (_, { Blocked: true }) => new LoginOutcome.Blocked(profile),
            _ => new LoginOutcome.Accepted(profile, problems),
        };
    }

    public SearchOutcome ReadSearch(ScriptRunResult result)
    {
        switch (result.Completion)
        {
            case ScriptCompletion.Failed failed:
                return new SearchOutcome.Failed(failed.Failure);
            case ScriptCompletion.Threw threw:
                return SearchThatThrew(threw.Error);
            case ScriptCompletion.Answered { Json: null }:
                return new SearchOutcome.Failed(new ScriptFailure(
                    ScriptFailureKind.BadAnswer,
                    "`searchUser` returned undefined. Return null explicitly where there is no such person: only that lets somebody register."));
            case ScriptCompletion.Answered { Json: "null" }:
                return new SearchOutcome.NotFound();
        }

        var (failure, profile, problems, hasSecondFactor) = ReadProfile(result.Completion, "`searchUser`", ProfileAdvice);
        return (failure, profile) switch
        {
            ({ } failed, _) => new SearchOutcome.Failed(failed),
            (_, null) => new SearchOutcome.Invalid(problems, hasSecondFactor),
            _ => new SearchOutcome.Found(profile, problems),
        };
    }

    public CountOutcome ReadCount(ScriptRunResult result)
    {
        switch (result.Completion)
        {
            case ScriptCompletion.Failed failed:
                return new CountOutcome.Failed(failed.Failure);
            case ScriptCompletion.Threw threw:
                return new CountOutcome.Failed(FailureOf(threw.Error, "The script threw", "`countUsers` must return a number."));
        }

        const string Advice = "Return how many people the legacy database holds, as a whole number.";
        try
        {
            using var answer = Parse(result.Completion);
            return CountOf(answer.RootElement) is { } users
                ? new CountOutcome.Counted(users)
                : new CountOutcome.Failed(BadAnswer("`countUsers`", answer.RootElement, Advice));
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            return new CountOutcome.Failed(Unreadable("`countUsers`", Advice));
        }
    }

    public ListOutcome ReadList(ScriptRunResult result, int limit)
    {
        switch (result.Completion)
        {
            case ScriptCompletion.Failed failed:
                return new ListOutcome.Failed(failed.Failure);
            case ScriptCompletion.Threw threw:
                return new ListOutcome.Failed(FailureOf(threw.Error, "The script threw", "An empty page is `{ totalCount, list: [] }`."));
        }

        try
        {
            using var answer = Parse(result.Completion);
            return UserPageReader.Read(answer.RootElement, limit, KeyName);
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            return new ListOutcome.Failed(Unreadable("`listUsers`", UserPageReader.Advice));
        }
    }

    public MigratedOutcome ReadMigrated(ScriptRunResult result) => result.Completion switch
    {
        ScriptCompletion.Failed failed => new MigratedOutcome.Failed(failed.Failure),
        ScriptCompletion.Threw threw => new MigratedOutcome.Failed(FailureOf(threw.Error, "The script threw", "")),
        _ => new MigratedOutcome.Done(),
    };

    /// <summary>What the function should have answered, for the administrator.</summary>
    protected abstract string ProfileAdvice { get; }

    /// <summary>What an error of <c>login</c> means.</summary>
    protected abstract LoginOutcome LoginThatThrew(ScriptError error);

    /// <summary>What an error of <c>searchUser</c> means.</summary>
    protected abstract SearchOutcome SearchThatThrew(ScriptError error);

    private protected static ScriptFailure FailureOf(ScriptError error, string whatHappened, string advice)
    {
        var (kind, message) = error switch
        {
            { Class: ScriptErrorClass.Temporary } => (ScriptFailureKind.TemporaryError, error.Message),
            { Class: ScriptErrorClass.Plain, ModuleCallFailed: true } => (ScriptFailureKind.ModuleError, ModuleFailure(error)),
            _ => (ScriptFailureKind.ScriptError, $"{whatHappened} {error.Name}: {error.Message}{(advice.Length == 0 ? "" : $"{(error.Message.EndsWith('.') ? "" : ".")} {advice}")}"),
        };
        return new ScriptFailure(kind, message, error.Position) { Stack = error.Stack };
    }

    private static string ModuleFailure(ScriptError error)
    {
        var advice = error.Code switch
        {
            "ECONNREFUSED" => " Is the legacy database running, and are host and port right?",
            "ENOTFOUND" or "EAI_AGAIN" => " The host's name is not known: is it spelled right?",
            "ETIMEDOUT" => " The legacy database does not answer: is it reachable from this server?",
            "28P01" => " The user name or the password of the connection is wrong.",
            "3D000" => " There is no database of that name.",
            "42P01" => " The legacy database has no such table: adapt the statement.",
            "42703" => " The table has no such column: adapt the statement.",
            "42501" => " The database user may not read that table.",
            _ => "",
        };
        var code = error.Code is null || error.Message.Contains(error.Code, StringComparison.Ordinal) ? "" : $" ({error.Code})";
        return $"A module call failed: {error.Message.TrimEnd('.')}{code}.{advice}";
    }

    private protected (ScriptFailure? Failure, LegacyProfile? Profile, IReadOnlyList<ProfileProblem> Problems, bool HasSecondFactor) ReadProfile(
        ScriptCompletion completion,
        string function,
        string advice)
    {
        try
        {
            using var answer = Parse(completion);
            if (answer.RootElement.ValueKind != JsonValueKind.Object)
            {
                return (BadAnswer(function, answer.RootElement, advice), null, [], false);
            }

            var (profile, problems, hasSecondFactor) = LegacyProfileReader.Read(answer.RootElement, KeyName);
            return (null, profile, problems, hasSecondFactor);
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            return (Unreadable(function, advice), null, [], false);
        }
    }

    /// <summary>What System.Text.Json throws at text that is no JSON, at half surrogate pairs, and at a name that comes twice.</summary>
    private static bool IsUnreadable(Exception exception) => exception is JsonException or InvalidOperationException or ArgumentException;

    private static ScriptFailure Unreadable(string function, string advice) =>
        new(ScriptFailureKind.BadAnswer, $"{function} returned something that cannot be read as JSON. {advice}");

    internal static ScriptFailure BadAnswer(string function, JsonElement answer, string advice)
    {
        var kind = answer.ValueKind switch
        {
            JsonValueKind.Array => "an array",
            JsonValueKind.String => "a string",
            JsonValueKind.Number => "a number",
            JsonValueKind.True or JsonValueKind.False => "a boolean",
            JsonValueKind.Object => "an object",
            _ => "nothing",
        };
        return new ScriptFailure(ScriptFailureKind.BadAnswer, $"{function} returned {kind}. {advice}");
    }

    /// <summary>A whole number, also as the text that <c>pg</c> makes of <c>count(*)</c>.</summary>
    internal static long? CountOf(JsonElement answer)
    {
        var number = answer.ValueKind switch
        {
            JsonValueKind.Number when answer.TryGetInt64(out var whole) => whole,
            JsonValueKind.String when long.TryParse(answer.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var whole) => whole,
            _ => -1,
        };
        return number is >= 0 and <= LargestSafeInteger ? number : null;
    }

    private static JsonDocument Parse(ScriptCompletion completion) =>
        JsonDocument.Parse(((ScriptCompletion.Answered)completion).Json ?? "null");

    private protected static string Arguments(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            write(writer);
            writer.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private protected static void WriteContext(Utf8JsonWriter writer, ScriptContext context)
    {
        writer.WriteStartObject();
        writer.WriteString("userPoolId", context.UserPoolId);
        writer.WriteString("userPoolName", context.UserPoolName);
        WriteEmpty(writer, "userPoolMetadata");
        writer.WriteString("appId", context.AppId);
        writer.WriteString("appName", context.AppName);
        WriteEmpty(writer, "appMetadata");
        writer.WriteStartObject("application");
        writer.WriteString("id", context.AppId);
        writer.WriteString("name", context.AppName);
        writer.WriteEndObject();
        writer.WriteStartObject("request");
        writer.WriteString("ip", context.Ip);
        writer.WriteNull("geo");
        WriteEmpty(writer, "body");
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private protected static void WriteOptional(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteEmpty(Utf8JsonWriter writer, string name)
    {
        writer.WriteStartObject(name);
        writer.WriteEndObject();
    }
}
