namespace LazyMigrate.Core.CustomDatabases.Packages;

/// <summary>An npm package that an administrator brought along for scripts. A name and version never changes its content.</summary>
public sealed class StoredPackage
{
    /// <summary>npm's limit for names.</summary>
    public const int NameLength = 214;

    public const int VersionLength = 256;
    public const int LicenseLength = 200;

    /// <summary><c>sha512-</c> and 88 characters of base64.</summary>
    public const int IntegrityLength = 95;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Name { get; init; }

    public required string Version { get; init; }

    public string? License { get; init; }

    /// <summary>SHA-512 of <see cref="Archive"/> in npm's notation.</summary>
    public required string Integrity { get; init; }

    /// <summary>The tarball as it was brought.</summary>
    public required byte[] Archive { get; init; }

    /// <summary>Bytes of the scripts and JSON files in it.</summary>
    public long UnpackedLength { get; init; }

    public int FileCount { get; init; }

    /// <summary>Whether npm would have run scripts of it at installation.</summary>
    public bool HasInstallScripts { get; init; }

    public string? AddedBy { get; init; }

    public DateTimeOffset AddedAt { get; init; }
}
