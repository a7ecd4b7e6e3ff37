using LazyMigrate.Core.Scripting.Modules;

namespace LazyMigrate.Core.Scripting.Packages;

/// <summary>What can be told about brought packages without running them.</summary>
public sealed class ScriptPackages
{
    private readonly ScriptModuleCatalog _modules;
    private readonly IScriptPackageSource _source;
    private readonly PackageResolver _resolver;

    internal ScriptPackages(ScriptModuleCatalog modules, IScriptPackageSource source)
    {
        _modules = modules;
        _source = source;
        _resolver = new PackageResolver(source);
    }

    /// <summary>The modules that are built in, sorted.</summary>
    public IReadOnlyList<string> BuiltIn => _modules.Names;

    /// <summary>Whether a package of this name would never be used, because what is built in has a part outside the sandbox.</summary>
    public bool IsReserved(string name) => _modules.Find(name) is not (null or FacadeModule or MemberModule);

    /// <summary>What a package depends on and neither is brought along nor built in, as <c>name@range</c>.</summary>
    public async ValueTask<IReadOnlyList<string>> FindMissingAsync(ScriptPackageId id, CancellationToken cancellationToken)
    {
        var package = await _source.FindAsync(id, cancellationToken).ConfigureAwait(false);
        return package is null
            ? []
            : [.. package.Dependencies
                .Where(dependency => _resolver.Choose(dependency.Key, dependency.Value) is null && !_modules.Contains(dependency.Key))
                .Select(dependency => $"{dependency.Key}@{dependency.Value}")
                .Order(StringComparer.Ordinal)];
    }

    /// <summary>The packages that a script needs, with all that these depend on.</summary>
    /// <param name="requests">What stands in its <c>require('…')</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<IReadOnlySet<ScriptPackageId>> FindNeededAsync(IEnumerable<string> requests, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(requests);
        var needed = new HashSet<ScriptPackageId>();
        var open = new Stack<ScriptPackageId>(requests
            .Select(PackageResolver.Split)
            .Select(request => _resolver.Choose(request.Name, request.Range) ?? _resolver.Choose(request.Name, null))
            .OfType<ScriptPackageId>());
        while (open.TryPop(out var id))
        {
            if (!needed.Add(id) || await _source.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } package)
            {
                continue;
            }

            foreach (var dependency in package.Dependencies)
            {
                if (_resolver.Choose(dependency.Key, dependency.Value) is { } next)
                {
                    open.Push(next);
                }
            }
        }

        return needed;
    }
}
