using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Web.Components.Admin.Elements;
using MudBlazor;

namespace LazyMigrate.Web.Components.Admin;

/// <summary>How the modes of the migration are called and explained.</summary>
internal static class ModeText
{
    public static string Name(MigrationMode mode) => mode switch
    {
        MigrationMode.Off => "Off",
        MigrationMode.LazyMigration => "Lazy migration",
        MigrationMode.Frozen => "Frozen",
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, null),
    };

    /// <summary>What log-in and registration do in this mode.</summary>
    public static string Effect(MigrationMode mode) => mode switch
    {
        MigrationMode.Off => "The legacy database is never asked. Only users who are already here can log in.",
        MigrationMode.LazyMigration => "Whoever is not here yet is checked against the legacy database at log-in and moved. Registration asks both stores.",
        MigrationMode.Frozen => "Nobody is moved any more; users who are here log in as before. Registration still asks both stores.",
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, null),
    };

    public static Tone Tone(MigrationMode mode) => mode switch
    {
        MigrationMode.LazyMigration => Elements.Tone.Accent,
        MigrationMode.Frozen => Elements.Tone.Info,
        _ => Elements.Tone.Neutral,
    };

    public static string Icon(MigrationMode mode) => mode switch
    {
        MigrationMode.LazyMigration => Icons.Material.Outlined.Bolt,
        MigrationMode.Frozen => Icons.Material.Outlined.AcUnit,
        _ => Icons.Material.Outlined.PowerSettingsNew,
    };
}
