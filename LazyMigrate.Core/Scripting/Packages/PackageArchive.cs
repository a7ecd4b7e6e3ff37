using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Semver;

namespace LazyMigrate.Core.Scripting.Packages;

/// <summary>Reads an npm tarball (<c>npm pack</c>'s <c>.tgz</c>) and checks it. Nothing in it is run, and nothing is written to a disk.</summary>
public static partial class PackageArchive
{
    /// <summary>Bytes of the largest tarball.</summary>
    public const int LongestArchive = 16 << 20;

    /// <summary>Bytes that it may hold unpacked.</summary>
    public const long LongestContent = 128L << 20;

    /// <summary>Bytes of one script that can be loaded: it travels to a worker in one frame.</summary>
    public const int LongestFile = 2 << 20;

    private const int MostFiles = 20_000;
    private const int LongestName = 214;

    // npm runs these when a package is installed: https://docs.npmjs.com/cli/using-npm/scripts
    private static readonly string[] s_installScripts = ["preinstall", "install", "postinstall"];

    /// <exception cref="PackageRefusedException">Says why it cannot be used.</exception>
    public static ScriptPackage Read(byte[] archive)
    {
        ArgumentNullException.ThrowIfNull(archive);
        if (archive.Length > LongestArchive)
        {
            throw TooLong();
        }

        var files = Unpack(archive);
        if (!files.TryGetValue("package.json", out var manifest))
        {
            throw new PackageRefusedException("It holds no package.json. Make the tarball with `npm pack NAME@VERSION`.");
        }

        return Describe(manifest) with
        {
            Integrity = $"sha512-{Convert.ToBase64String(SHA512.HashData(archive))}",
            Files = files.Where(file => IsLoadable(file.Key) && file.Value.Length <= LongestFile).ToDictionary(StringComparer.Ordinal),
        };
    }

    /// <summary>Reads at most <see cref="LongestArchive"/> bytes of an upload.</summary>
    /// <exception cref="PackageRefusedException">There is more.</exception>
    public static async Task<byte[]> ReadAllAsync(Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var copy = new MemoryStream();
        var buffer = new byte[81_920];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (copy.Length + read > LongestArchive)
            {
                throw TooLong();
            }

            copy.Write(buffer, 0, read);
        }

        return copy.ToArray();
    }

    private static PackageRefusedException TooLong() => new($"The tarball has more than {LongestArchive >> 20} MiB.");

    private static bool IsLoadable(string path) => Path.GetExtension(path) is ".js" or ".cjs" or ".json";

    private static Dictionary<string, byte[]> Unpack(byte[] archive)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var content = 0L;
        var entries = 0;
        try
        {
            using var unzipped = new GZipStream(new MemoryStream(archive), CompressionMode.Decompress);
            using var tar = new TarReader(unzipped);
            while (tar.GetNextEntry() is { } entry)
            {
                if (++entries > MostFiles || (content += Math.Max(0, entry.Length)) > LongestContent)
                {
                    throw new PackageRefusedException($"Unpacked it has more than {LongestContent >> 20} MiB, or more than {MostFiles:N0} files.");
                }

                switch (entry.EntryType)
                {
                    case TarEntryType.Directory or TarEntryType.GlobalExtendedAttributes:
                        break;
                    case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                        Take(entry, files);
                        break;
                    default:
                        throw new PackageRefusedException($"It holds something that is no file: {entry.Name} ({entry.EntryType}).");
                }
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or FormatException or NotSupportedException or ArgumentException)
        {
            throw new PackageRefusedException("It is not an npm tarball (.tgz). Make one with `npm pack NAME@VERSION`.", exception);
        }

        return files;
    }

    private static void Take(TarEntry entry, Dictionary<string, byte[]> files)
    {
        // Everything lies below one folder, which npm calls "package" and others call as they like.
        var segments = entry.Name.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (segments.Contains("..") || entry.Name.Contains('\\', StringComparison.Ordinal))
        {
            throw new PackageRefusedException($"It holds a path that leads out of it: {entry.Name}.");
        }

        var path = string.Join('/', segments.Where(segment => segment != ".").Skip(1));
        if (path.EndsWith(".node", StringComparison.OrdinalIgnoreCase) || path == "binding.gyp")
        {
            throw new PackageRefusedException($"It has a native part ({path}), and only pure JavaScript can be loaded.");
        }

        if (path.Length == 0 || !IsLoadable(path))
        {
            return;
        }

        using var copy = new MemoryStream(checked((int)entry.Length));
        entry.DataStream?.CopyTo(copy);
        files[path] = copy.ToArray();
    }

    private static ScriptPackage Describe(byte[] manifest)
    {
        JsonElement root;
        try
        {
            // A byte order mark is legal for npm.
            using var document = JsonDocument.Parse(manifest.AsSpan().StartsWith("\uFEFF"u8) ? manifest.AsMemory(3) : manifest);
            root = document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw new PackageRefusedException("Its package.json is not JSON.", exception);
        }

        var name = Text(root, "name");
        if (name is null || name.Length > LongestName || !PackageName().IsMatch(name))
        {
            throw new PackageRefusedException("Its package.json has no valid name.");
        }

        if (Text(root, "version") is not { } version || !SemVersion.TryParse(version, SemVersionStyles.Strict, out _))
        {
            throw new PackageRefusedException("Its package.json has no valid version, such as 1.2.3.");
        }

        return new ScriptPackage
        {
            Name = name,
            Version = version,
            License = LicenseOf(root),
            Integrity = "",
            Files = new Dictionary<string, byte[]>(),
            Dependencies = Names(root, "dependencies"),
            HasInstallScripts = s_installScripts.Any(Names(root, "scripts").ContainsKey),
        };
    }

    private static string? Text(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.String ? field.GetString() : null;

    /// <summary>An SPDX expression, or the old forms <c>{ "type": "MIT" }</c> and a list of them.</summary>
    private static string? LicenseOf(JsonElement root)
    {
        if (Text(root, "license") is { } license)
        {
            return license;
        }

        if (root.TryGetProperty("license", out var single) && Text(single, "type") is { } type)
        {
            return type;
        }

        return root.TryGetProperty("licenses", out var list) && list.ValueKind == JsonValueKind.Array
            ? string.Join(" OR ", list.EnumerateArray().Select(item => Text(item, "type")).OfType<string>()) is { Length: > 0 } all ? all : null
            : null;
    }

    private static Dictionary<string, string> Names(JsonElement root, string name)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        if (root.TryGetProperty(name, out var fields) && fields.ValueKind == JsonValueKind.Object)
        {
            foreach (var field in fields.EnumerateObject())
            {
                names[field.Name] = field.Value.ValueKind == JsonValueKind.String ? field.Value.GetString()! : "";
            }
        }

        return names;
    }

    // https://docs.npmjs.com/cli/configuring-npm/package-json#name, with the capitals of old packages.
    [GeneratedRegex(@"^(@[A-Za-z0-9~-][A-Za-z0-9._~-]*/)?[A-Za-z0-9~-][A-Za-z0-9._~-]*$")]
    private static partial Regex PackageName();
}

/// <summary>A tarball that cannot be used; the message says why, for whoever chose it.</summary>
public sealed class PackageRefusedException(string message, Exception? inner = null) : Exception(message, inner);
