namespace LazyMigrate.Core.Scripting.Packages;

/// <summary>An npm package of pure JavaScript that an administrator brought along, as its tarball has it.</summary>
public sealed record ScriptPackage
{
    /// <summary>For example <c>moment</c> or <c>@scope/name</c>.</summary>
    public required string Name { get; init; }

    /// <summary>A semantic version, for example <c>2.30.1</c>.</summary>
    public required string Version { get; init; }

    /// <summary>As the package states it, for example <c>MIT</c>; null where it states none.</summary>
    public string? License { get; init; }

    /// <summary>SHA-512 of the tarball in npm's notation, <c>sha512-…</c> in base64.</summary>
    public required string Integrity { get; init; }

    /// <summary>Names and version ranges of what it requires.</summary>
    public IReadOnlyDictionary<string, string> Dependencies { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether npm would run scripts of it at installation. They are never run here.</summary>
    public bool HasInstallScripts { get; init; }

    /// <summary>Its scripts and JSON files in UTF-8, by path inside the package with forward slashes: <c>lib/index.js</c>.</summary>
    public required IReadOnlyDictionary<string, byte[]> Files { get; init; }

    /// <summary>Bytes of <see cref="Files"/>.</summary>
    public long UnpackedLength => Files.Values.Sum(file => (long)file.Length);
}

/// <summary>A package's name and version.</summary>
public sealed record ScriptPackageId(string Name, string Version)
{
    public override string ToString() => $"{Name}@{Version}";
}

/// <summary>Where the packages come from: the server's database, or the files that a command line names.</summary>
public interface IScriptPackageSource
{
    /// <summary>All there are, in any order. May be a few seconds old.</summary>
    IReadOnlyList<ScriptPackageId> List();

    /// <summary>One with its files, or null where it is gone.</summary>
    ValueTask<ScriptPackage?> FindAsync(ScriptPackageId id, CancellationToken cancellationToken);
}

/// <summary>Packages that are there already: none, or those of a command line.</summary>
public sealed class FixedPackageSource(IReadOnlyList<ScriptPackage> packages) : IScriptPackageSource
{
    private readonly IReadOnlyList<ScriptPackageId> _ids = [.. packages.Select(package => new ScriptPackageId(package.Name, package.Version))];

    public IReadOnlyList<ScriptPackageId> List() => _ids;

    public ValueTask<ScriptPackage?> FindAsync(ScriptPackageId id, CancellationToken cancellationToken) =>
        ValueTask.FromResult(packages.FirstOrDefault(package => package.Name == id.Name && package.Version == id.Version));
}
