using System.Text;
using System.Text.Json;
using Semver;

namespace LazyMigrate.Core.Scripting.Packages;

/// <summary>Finds the file that a <c>require</c> means, as Node's CommonJS loader does: https://nodejs.org/api/modules.html#all-together.</summary>
internal sealed class PackageResolver(IScriptPackageSource source)
{
    /// <summary>The conditions of <c>exports</c> that hold here; not <c>module-sync</c>, which leads to ES modules. Their order is that of the package.</summary>
    private static readonly string[] s_conditions = ["node", "require", "default"];

    /// <param name="request">What stands in <c>require('…')</c>.</param>
    /// <param name="from">The package that asks, or null for the script.</param>
    /// <param name="fromPath">The file in it that asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The file, or null where no package has it.</returns>
    public async ValueTask<ResolvedFile?> ResolveAsync(string request, ScriptPackageId? from, string fromPath, CancellationToken cancellationToken)
    {
        if (IsRelative(request))
        {
            return from is not null && await source.FindAsync(from, cancellationToken).ConfigureAwait(false) is { } own
                && Join(FolderOf(fromPath), request) is { } path
                ? FindFile(own, path, request.EndsWith('/'))
                : null;
        }

        var (name, range, subpath) = Split(request);
        var asking = from is null ? null : await source.FindAsync(from, cancellationToken).ConfigureAwait(false);
        var chosen = Choose(name, range ?? asking?.Dependencies.GetValueOrDefault(name));
        if (chosen is null && from is null)
        {
            // Scripts of the old services name versions that were current then; the loader notes which one they get.
            chosen = Choose(name, null);
        }

        if (chosen is not { } id
            || await source.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } package)
        {
            return null;
        }

        return FindEntry(package, subpath);
    }

    /// <summary>The highest version in a range; for the empty range, and for one that is no range, the highest of all.</summary>
    public ScriptPackageId? Choose(string name, string? range)
    {
        var there = source.List().Where(id => id.Name == name).ToList();
        if (there.Count == 0)
        {
            return null;
        }

        var versions = there.Select(id => (Id: id, Version: SemVersion.Parse(id.Version, SemVersionStyles.Strict)));
        if (!string.IsNullOrEmpty(range) && range != "latest" && SemVersionRange.TryParseNpm(range, out var allowed))
        {
            versions = versions.Where(each => allowed.Contains(each.Version));
        }

        return versions.OrderByDescending(each => each.Version, SemVersion.PrecedenceComparer).Select(each => each.Id).FirstOrDefault();
    }

    /// <summary><c>@scope/name@1.2.3/lib/x</c> in its parts.</summary>
    public static (string Name, string? Range, string Subpath) Split(string request)
    {
        var slash = request.IndexOf('/', StringComparison.Ordinal);
        if (request.StartsWith('@') && slash >= 0)
        {
            slash = request.IndexOf('/', slash + 1);
        }

        var head = slash < 0 ? request : request[..slash];
        var subpath = slash < 0 ? "" : request[(slash + 1)..];
        var at = head.IndexOf('@', 1);
        return at < 0 ? (head, null, subpath) : (head[..at], head[(at + 1)..], subpath);
    }

    private static bool IsRelative(string request) => request is "." or ".." || request.StartsWith("./", StringComparison.Ordinal) || request.StartsWith("../", StringComparison.Ordinal);

    private static string FolderOf(string path) => path.LastIndexOf('/') is >= 0 and var slash ? path[..slash] : "";

    /// <summary>A path inside the package, or null where it leads out of it.</summary>
    private static string? Join(string folder, string relative)
    {
        var segments = folder.Split('/', StringSplitOptions.RemoveEmptyEntries).ToList();
        foreach (var segment in relative.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment == "..")
            {
                if (segments.Count == 0)
                {
                    return null;
                }

                segments.RemoveAt(segments.Count - 1);
            }
            else if (segment != ".")
            {
                segments.Add(segment);
            }
        }

        return string.Join('/', segments);
    }

    private static ResolvedFile? FindEntry(ScriptPackage package, string subpath)
    {
        using var manifest = JsonDocument.Parse(Manifest(package, "package.json") ?? "{}"u8.ToArray());
        if (manifest.RootElement.TryGetProperty("exports", out var exports) && exports.ValueKind is JsonValueKind.String or JsonValueKind.Object or JsonValueKind.Array)
        {
            return subpath == "package.json" ? FindFile(package, subpath, false)
                : ExportOf(exports, subpath.Length == 0 ? "." : $"./{subpath}") is { } target && Join("", target) is { } path ? FindFile(package, path, false)
                : null;
        }

        return subpath.Length == 0 ? FindFolder(package, "") : Join("", subpath) is { } below ? FindFile(package, below, subpath.EndsWith('/')) : null;
    }

    /// <summary>The target of an entry of <c>exports</c>: https://nodejs.org/api/packages.html#exports.</summary>
    private static string? ExportOf(JsonElement exports, string entry)
    {
        if (exports.ValueKind != JsonValueKind.Object || !exports.EnumerateObject().Any(field => field.Name.StartsWith('.')))
        {
            return entry == "." ? TargetOf(exports, "") : null;
        }

        if (exports.TryGetProperty(entry, out var exact))
        {
            return TargetOf(exact, "");
        }

        // "./lib/*": the longest prefix wins.
        foreach (var field in exports.EnumerateObject().Where(field => field.Name.Contains('*', StringComparison.Ordinal)).OrderByDescending(field => field.Name.IndexOf('*', StringComparison.Ordinal)))
        {
            var star = field.Name.IndexOf('*', StringComparison.Ordinal);
            var (before, after) = (field.Name[..star], field.Name[(star + 1)..]);
            if (entry.Length >= before.Length + after.Length && entry.StartsWith(before, StringComparison.Ordinal) && entry.EndsWith(after, StringComparison.Ordinal))
            {
                return TargetOf(field.Value, entry[before.Length..^after.Length]);
            }
        }

        return null;
    }

    private static string? TargetOf(JsonElement target, string matched) => target.ValueKind switch
    {
        JsonValueKind.String => target.GetString()!.Replace("*", matched, StringComparison.Ordinal),
        JsonValueKind.Array => target.EnumerateArray().Select(item => TargetOf(item, matched)).FirstOrDefault(found => found is not null),
        JsonValueKind.Object => target.EnumerateObject()
            .Where(field => s_conditions.Contains(field.Name))
            .Select(field => TargetOf(field.Value, matched))
            .FirstOrDefault(found => found is not null),
        _ => null,
    };

    private static ResolvedFile? FindFile(ScriptPackage package, string path, bool isFolder)
    {
        if (!isFolder)
        {
            foreach (var candidate in (string[])[path, $"{path}.js", $"{path}.json", $"{path}.cjs"])
            {
                if (package.Files.TryGetValue(candidate, out var content))
                {
                    return new ResolvedFile(package, candidate, content);
                }
            }
        }

        return FindFolder(package, path);
    }

    private static ResolvedFile? FindFolder(ScriptPackage package, string folder)
    {
        var prefix = folder.Length == 0 ? "" : $"{folder}/";
        if (Manifest(package, $"{prefix}package.json") is { } bytes)
        {
            using var manifest = JsonDocument.Parse(bytes);
            if (manifest.RootElement.ValueKind == JsonValueKind.Object
                && manifest.RootElement.TryGetProperty("main", out var main) && main.ValueKind == JsonValueKind.String
                && Join(folder, main.GetString()!) is { } path && path != folder
                && FindFile(package, path, false) is { } found)
            {
                return found;
            }
        }

        return ((string[])[$"{prefix}index.js", $"{prefix}index.json", $"{prefix}index.cjs"])
            .Where(package.Files.ContainsKey)
            .Select(path => new ResolvedFile(package, path, package.Files[path]))
            .FirstOrDefault();
    }

    private static byte[]? Manifest(ScriptPackage package, string path)
    {
        if (!package.Files.TryGetValue(path, out var bytes))
        {
            return null;
        }

        var start = bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        try
        {
            using var document = JsonDocument.Parse(bytes.AsMemory(start));
            return document.RootElement.ValueKind == JsonValueKind.Object ? bytes[start..] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A file of a package.</summary>
internal sealed record ResolvedFile(ScriptPackage Package, string Path, byte[] Content)
{
    /// <summary>The content as text, without a byte order mark.</summary>
    public string Text => Encoding.UTF8.GetString(Content.AsSpan().StartsWith("\uFEFF"u8) ? Content.AsSpan(3) : Content);

    /// <summary>Whether Node would read it as an ES module, which <c>require</c> cannot load here.</summary>
    public bool IsEsModule =>
        Path.EndsWith(".js", StringComparison.Ordinal) && TypeOfNearestManifest() == "module";

    private string? TypeOfNearestManifest()
    {
        for (var folder = Path; folder.Length > 0;)
        {
            folder = folder.LastIndexOf('/') is >= 0 and var slash ? folder[..slash] : "";
            if (Package.Files.TryGetValue(folder.Length == 0 ? "package.json" : $"{folder}/package.json", out var manifest))
            {
                try
                {
                    using var document = JsonDocument.Parse(manifest.AsSpan().StartsWith("\uFEFF"u8) ? manifest.AsMemory(3) : manifest);
                    return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("type", out var type) ? type.ToString() : null;
                }
                catch (JsonException)
                {
                    return null;
                }
            }
        }

        return null;
    }
}
