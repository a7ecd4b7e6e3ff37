using System.Text.Json;

namespace LazyMigrate.Core.Scripting.Modules.Passwords;

/// <summary>Checks the passwords of PHP applications: WordPress, phpBB, Drupal 7. Names of npm packages that do the same.</summary>
/// <remarks>In a script the 2^13 and more rounds would cost as many calls of <c>crypto</c>.</remarks>
internal sealed class PhpassModule : IScriptModule
{
    public IReadOnlyList<string> Names { get; } = ["phpass", "wordpress-hash-node", "drupal-hash"];

    public string Facade { get; } = EmbeddedText.Read("Modules.Passwords.phpass.js");

    public bool ComputesOnly => true;

    public IModuleSession OpenSession(ModuleRun run) => new PhpassSession(run);
}

/// <summary>Computes portable hashes, a few at once.</summary>
internal sealed class PhpassSession(ModuleRun run) : IModuleSession
{
    public bool ReachesOutside(string operation) => false;

    public Task<ModuleAnswer> InvokeAsync(string operation, JsonElement argument)
    {
        var password = ModuleJson.StringOf(argument, "password");
        var hash = ModuleJson.StringOf(argument, "hash");
        if (operation != "check" || password is null || hash is null)
        {
            throw new ModuleException("ERR_INVALID_ARG_TYPE", "The password and the hash must be strings.");
        }

        return Task.FromResult(ModuleAnswer.Boolean(PhpassHash.Check(password, hash, run.Ended)));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
