namespace LazyMigrate.Web.Configuration;

/// <summary>Section <c>LazyMigrate</c>: what the host itself needs to know.</summary>
public sealed class LazyMigrateOptions
{
    public const string Section = "LazyMigrate";

    /// <summary>Where the embedded database and legacy SQLite files lie; relative to the folder the server is started in.</summary>
    public string DataFolder { get; set; } = "data";

    /// <summary>Folder of the legacy SQLite files that scripts may read; by default <c>legacy</c> in the data folder.</summary>
    public string? SqliteFolder { get; set; }

    /// <summary>How browsers reach this server, for example <c>https://login.example.org</c>. Required for mail: a link must not begin with whatever host a request names.</summary>
    public string? PublicOrigin { get; set; }

    /// <summary>What a first start is provisioned with, for automation.</summary>
    public SetupOptions Setup { get; set; } = new();

    /// <summary>What the data-protection keys in the database are wrapped with. Required in Production.</summary>
    public KeyEncryptionOptions KeyEncryption { get; set; } = new();

    public string FullDataFolder => Path.GetFullPath(DataFolder);

    public string FullSqliteFolder => SqliteFolder is null ? Path.Combine(FullDataFolder, "legacy") : Path.GetFullPath(SqliteFolder);
}

/// <summary>Section <c>LazyMigrate:Setup</c>.</summary>
public sealed class SetupOptions
{
    /// <summary>The first administrator's address. Without it the first start prints a one-time code for <c>/setup</c>.</summary>
    public string? AdminEmail { get; set; }

    /// <summary>The first administrator's password.</summary>
    public string? AdminPassword { get; set; }

    /// <summary>Whether the sample shop is loaded.</summary>
    public bool Sample { get; set; }

    /// <summary>A folder with a custom database and its scripts (docs/provisioning.md).</summary>
    public string? CustomDatabase { get; set; }
}

/// <summary>Section <c>LazyMigrate:KeyEncryption</c>. One of the two.</summary>
public sealed class KeyEncryptionOptions
{
    /// <summary>32 bytes as base64, from an environment variable.</summary>
    public string? Key { get; set; }

    /// <summary>A file that holds 32 bytes as base64.</summary>
    public string? KeyFile { get; set; }

    public bool IsConfigured => !string.IsNullOrWhiteSpace(Key) || !string.IsNullOrWhiteSpace(KeyFile);
}
