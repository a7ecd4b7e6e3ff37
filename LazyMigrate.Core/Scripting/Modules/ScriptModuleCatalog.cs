namespace LazyMigrate.Core.Scripting.Modules;

/// <summary>The modules that scripts can require, by name.</summary>
internal sealed class ScriptModuleCatalog
{
    /// <summary>For the administrator who misses one.</summary>
    public const string HowToBring = "A package of pure JavaScript can be added in the console under Modules, or by `LazyMigrate.Web modules add FILE.tgz`.";

    private readonly Dictionary<string, IScriptModule> _modules = new(StringComparer.Ordinal);

    public ScriptModuleCatalog(IEnumerable<IScriptModule> modules)
    {
        All = [.. modules];
        foreach (var module in All)
        {
            foreach (var name in module.Names)
            {
                // As of services, the last one registered counts.
                _modules[name] = module;
            }
        }
    }

    public IReadOnlyList<IScriptModule> All { get; }

    /// <summary>All names that can be required, sorted, without members of others and the facades' own parts.</summary>
    public IReadOnlyList<string> Names => field ??= [.. _modules
        .Where(module => module.Value is { Facade.Length: > 0 } and not MemberModule && !module.Key.StartsWith("internal/", StringComparison.Ordinal))
        .Select(module => module.Key)
        .Order(StringComparer.Ordinal)];

    public bool Contains(string name) => Find(name) is { Facade.Length: > 0 };

    public IScriptModule? Find(string name) => _modules.GetValueOrDefault(name);

    /// <summary>For the administrator: what is missing, and what there is.</summary>
    public string UnknownModule(string name) =>
        $"The module `{name}` is not available. Scripts can require: {string.Join(", ", Names)}. {HowToBring}";

    /// <summary>What is left of a <c>require</c> argument without <c>node:</c> and version: <c>pg@8.11.0</c> is <c>pg</c>.</summary>
    public static string NameOf(string required)
    {
        var name = required.StartsWith("node:", StringComparison.Ordinal) ? required[5..] : required;
        var at = name.IndexOf('@', 1);
        if (at < 0)
        {
            return name;
        }

        var path = name.IndexOf('/', at);
        return path < 0 ? name[..at] : name[..at] + name[path..];
    }
}
