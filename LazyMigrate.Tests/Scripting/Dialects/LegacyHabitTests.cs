using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Dialects;

/// <summary>
/// Scripts in the habits of the hosted service's documentation and of its users, old and new, against real stores. Each must
/// let ada@example.com in with the right password, and refuse a wrong one and a stranger, without failing.
/// </summary>
public abstract class LegacyHabitTests(ScriptHost host) : IClassFixture<ScriptHost>
{
    private protected const string Email = "ada@example.com";

    private static readonly string s_folder = Path.Combine(RepositoryFolder.Path, "LazyMigrate.Tests", "Scripting", "Dialects", "Scripts");

    /// <summary>The password of the one person in the store.</summary>
    private protected virtual string Password => "opensesame";

    private protected static TheoryData<string> ScriptsIn(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(s_folder, folder), "*.js").Select(file => $"{folder}/{Path.GetFileNameWithoutExtension(file)}").Order(StringComparer.Ordinal)];

    /// <summary>Prepares the store, and says what scripts may reach and see.</summary>
    private protected abstract Task<(LegacyAccess Access, IReadOnlyDictionary<string, string> Variables)> PrepareAsync();

    private protected async Task AssertTellsThemApartAsync(string script)
    {
        var reach = await PrepareAsync();
        var source = await File.ReadAllTextAsync(Path.Combine(s_folder, $"{script}.js"));

        var accepted = Assert.IsType<LoginOutcome.Accepted>(await LoginAsync(source, Email, Password));
        Assert.Equal(Email, accepted.Profile.Email);
        Assert.Empty(accepted.Notes);

        // As an editor on Windows saves it.
        var saved = $"\uFEFF{source.ReplaceLineEndings("\r\n")}";
        AssertRefused(await LoginAsync(saved, Email, "another"));
        AssertRefused(await LoginAsync(saved, "nobody@example.com", Password));

        async Task<LoginOutcome> LoginAsync(string text, string email, string password)
        {
            var contract = host.Contracts.For(ScriptKind.Login, text);
            Assert.Equal(ScriptDialect.Auth0, contract.Dialect);
            return contract.ReadLogin(await host.Runner.RunAsync(new ScriptRunRequest
            {
                Kind = ScriptKind.Login,
                Dialect = contract.Dialect,
                Source = text,
                ArgumentsJson = contract.LoginArguments(new LegacyQuery { Email = email }, password, new ScriptContext { Ip = "192.0.2.7" }),
                Secrets = [password],
                Access = reach.Access,
                Variables = reach.Variables,
            }));
        }
    }

    private static void AssertRefused(LoginOutcome outcome) => Assert.True(outcome is LoginOutcome.WrongPassword or LoginOutcome.NoSuchUser, outcome.ToString());
}
