using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Data;
using LazyMigrate.Core.Scripting.Workers;
using LazyMigrate.Core.Users.Attempts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace LazyMigrate.Core.UserMigration.Adopting;

/// <summary>The one section with which an application configures lazy migration (docs/use-in-your-app.md). Paths are relative to the content root.</summary>
internal sealed class AdoptionSettings(IConfiguration section, IHostEnvironment environment)
{
    public const string DefaultSection = "LazyMigrate";

    private const string CustomDatabase = "CustomDatabase";
    private const string Mode = "Mode";

    private static readonly string[] s_keys = ["Breaker", CustomDatabase, "DataFolder", "Database", Mode, "SqliteFolder", "Throttle", "UserPoolName", "Values", "Workers"];

    /// <summary>What holds <c>database.json</c> and the scripts; null while it is not said.</summary>
    public string? CustomDatabaseFolder => FullPath(section[CustomDatabase]);

    /// <summary>Where LazyMigrate's own database lies, if it is the embedded one.</summary>
    public string DataFolder => FullPath(section["DataFolder"]) ?? Path.Combine(environment.ContentRootPath, "data");

    /// <summary>Where legacy SQLite files lie; by default beside the scripts.</summary>
    public string? SqliteFolder => FullPath(section["SqliteFolder"]) ?? CustomDatabaseFolder;

    /// <summary>The mode of the section, which wins over the one of <c>database.json</c>. It is read anew each time: a changed file counts at once.</summary>
    public MigrationMode? CurrentMode => ParseMode(section[Mode]);

    public string? UserPoolName => section["UserPoolName"] is { Length: > 0 } name ? name : null;

    public DatabaseOptions Database
    {
        get
        {
            var options = new DatabaseOptions();
            Bind("Database", options);
            return options;
        }
    }

    /// <summary>What <c>"${NAME}"</c> in <c>database.json</c> stands for.</summary>
    public string? ValueOf(string name) => section[$"Values:{name}"] ?? Environment.GetEnvironmentVariable(name);

    /// <summary>Whether the section says something of it.</summary>
    public bool Has(string key) => section.GetSection(key).Exists();

    /// <summary>Sets the options as the section says. What cannot be read is left out here and named by <see cref="FindProblems"/>.</summary>
    public void Bind<T>(string key, T options)
        where T : class
    {
        try
        {
            section.GetSection(key).Bind(options);
        }
        catch (InvalidOperationException)
        {
            // The start is stopped by it, with all other problems.
        }
    }

    /// <summary>What is wrong with the section, each with its key and what to do; the folder is looked at elsewhere.</summary>
    public IEnumerable<string> FindProblems()
    {
        foreach (var unknown in section.GetChildren().Where(child => !s_keys.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
        {
            yield return $"{unknown.Path} is not known. Known are {string.Join(", ", s_keys)}.";
        }

        if (CustomDatabaseFolder is null)
        {
            yield return $"{PathOf(CustomDatabase)} is missing: the folder with database.json, login.js and searchUser.js.";
        }

        if (section[Mode] is { Length: > 0 } mode && ParseMode(mode) is null)
        {
            yield return $"{PathOf(Mode)} is “{mode}”. Give {string.Join(", ", Enum.GetNames<MigrationMode>())}.";
        }

        var problems = new List<string>();
        if (Read<DatabaseOptions>("Database", problems) is { Provider: DatabaseProvider.Postgres, ConnectionString: null or "" })
        {
            problems.Add($"{PathOf("Database:ConnectionString")} is missing. PostgreSQL needs one, for example Host=localhost;Database=lazymigrate;Username=lazymigrate;Password=…");
        }

        problems.AddRange(Own(Read<ThrottleOptions>("Throttle", problems)?.FindProblems(), ThrottleOptions.Section, "Throttle"));
        problems.AddRange(Own(Read<LegacyBreakerOptions>("Breaker", problems)?.FindProblems(), LegacyBreakerOptions.Section, "Breaker"));
        problems.AddRange(Own(Read<ScriptWorkerOptions>("Workers", problems)?.FindProblems(), ScriptWorkerOptions.Section, "Workers"));
        foreach (var problem in problems)
        {
            yield return problem;
        }
    }

    private T? Read<T>(string key, List<string> problems)
        where T : class, new()
    {
        try
        {
            return section.GetSection(key).Get<T>() ?? new T();
        }
        catch (InvalidOperationException exception)
        {
            // The binder names the key and the type it wanted, never a neighbouring value.
            problems.Add(exception.Message);
            return null;
        }
    }

    // The section may be of another name than the server's.
    private List<string> Own(IEnumerable<string>? problems, string section, string key) =>
        [.. (problems ?? []).Select(problem => problem.Replace(section, PathOf(key), StringComparison.Ordinal))];

    private string PathOf(string key) => section is IConfigurationSection { Path: { Length: > 0 } path } ? $"{path}:{key}" : key;

    private string? FullPath(string? path) => string.IsNullOrWhiteSpace(path) ? null : Path.GetFullPath(path, environment.ContentRootPath);

    // Enum.TryParse would take numbers, too.
    private static MigrationMode? ParseMode(string? text) =>
        Enum.GetNames<MigrationMode>().Contains(text) ? Enum.Parse<MigrationMode>(text!) : null;
}
