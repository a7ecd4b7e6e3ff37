using LazyMigrate.Core.Scripting;

namespace LazyMigrate.Core.CustomDatabases.Provisioning;

/// <summary>What a folder says, checked.</summary>
internal sealed record ProvisionedContent(
    CustomDatabaseEdit Settings,
    MigrationMode Mode,
    IReadOnlyDictionary<ScriptKind, string> Scripts,
    IReadOnlyDictionary<ScriptKind, ScriptDialect> Dialects);

/// <summary>What reading a folder came to.</summary>
internal abstract record FolderReading
{
    private FolderReading()
    {
    }

    public sealed record Complete(ProvisionedContent Content) : FolderReading;

    public sealed record Faulty(IReadOnlyList<FolderFault> Faults) : FolderReading;
}
