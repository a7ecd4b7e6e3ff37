using System.Text.Json;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Contracts;

namespace LazyMigrate.Tests.TestServices;

/// <summary>Stands in for script runtime and legacy database at once: the "script" passes its arguments on, and the "contract" decides.</summary>
internal sealed class TestLegacyDatabase : IScriptRunner, IScriptContract
{
    private static readonly ScriptFailure s_down = new(ScriptFailureKind.ModuleError, "The legacy database is down.");

    private readonly List<(LegacyProfile Profile, string Password)> _people = [];

    /// <summary>Whether every run fails, as with a server that cannot be reached.</summary>
    public bool IsDown { get; set; }

    /// <summary>The scripts that it stands in for return their answer.</summary>
    public ScriptDialect Dialect => ScriptDialect.Authing;

    /// <summary>How often it was asked.</summary>
    public int Runs { get; private set; }

    /// <summary>Adds a person.</summary>
    public void Add(LegacyProfile profile, string password) => _people.Add((profile, password));

    public Task<ScriptRunResult> RunAsync(ScriptRunRequest request, IProgress<ScriptConsoleLine>? console = null, CancellationToken cancellationToken = default)
    {
        Runs++;
        ScriptCompletion completion = IsDown ? new ScriptCompletion.Failed(s_down) : new ScriptCompletion.Answered(request.ArgumentsJson);
        return Task.FromResult(new ScriptRunResult(completion, [], [], TimeSpan.Zero));
    }

    public string LoginArguments(LegacyQuery query, string password, ScriptContext context) => JsonSerializer.Serialize(new Question(query, password));

    public string SearchArguments(LegacyQuery query, ScriptContext context) => JsonSerializer.Serialize(new Question(query, null));

    public string CountArguments(ScriptContext context) => "[]";

    public LoginOutcome ReadLogin(ScriptRunResult result)
    {
        if (Read(result) is not { } question)
        {
            return new LoginOutcome.Failed(s_down);
        }

        return Find(question.Query) switch
        {
            null => new LoginOutcome.NoSuchUser(),
            var (_, password) when password != question.Password => new LoginOutcome.WrongPassword(),
            var (profile, _) when profile.Blocked => new LoginOutcome.Blocked(profile),
            var (profile, _) => new LoginOutcome.Accepted(profile, []),
        };
    }

    public SearchOutcome ReadSearch(ScriptRunResult result)
    {
        if (Read(result) is not { } question)
        {
            return new SearchOutcome.Failed(s_down);
        }

        return Find(question.Query) is var (profile, _) ? new SearchOutcome.Found(profile, []) : new SearchOutcome.NotFound();
    }

    public CountOutcome ReadCount(ScriptRunResult result) =>
        result.Completion is ScriptCompletion.Answered ? new CountOutcome.Counted(_people.Count) : new CountOutcome.Failed(s_down);

    public string ListArguments(int page, int limit, ScriptContext context) => "[]";

    public string MigratedArguments(MigratedUser user, ScriptContext context) => "[]";

    public ListOutcome ReadList(ScriptRunResult result, int limit) => new ListOutcome.Listed(_people.Count, []);

    public MigratedOutcome ReadMigrated(ScriptRunResult result) => new MigratedOutcome.Done();

    private static Question? Read(ScriptRunResult result) =>
        result.Completion is ScriptCompletion.Answered { Json: { } json } ? JsonSerializer.Deserialize<Question>(json) : null;

    private (LegacyProfile Profile, string Password)? Find(LegacyQuery query)
    {
        foreach (var person in _people)
        {
            var profile = person.Profile;
            if ((query.Email is not null && query.Email == profile.Email)
                || (query.Phone is not null && query.Phone == profile.Phone)
                || (query.Username is not null && query.Username == profile.Username)
                || (query.Id is not null && query.Id == profile.Id))
            {
                return person;
            }
        }

        return null;
    }

    private sealed record Question(LegacyQuery Query, string? Password);
}
