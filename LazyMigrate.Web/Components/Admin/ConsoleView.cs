using LazyMigrate.Core.CustomDatabases;

namespace LazyMigrate.Web.Components.Admin;

/// <summary>What the layout tells the pages in it.</summary>
/// <param name="Zone">The browser's time zone, or null where it is not known and times are shown in UTC.</param>
/// <param name="IsDark">Whether the dark theme is on.</param>
/// <param name="ModeChangedAsync">Tells the layout that the mode of the migration was changed.</param>
public sealed record ConsoleView(TimeZoneInfo? Zone, bool IsDark, Func<MigrationMode, Task> ModeChangedAsync)
{
    /// <summary>Tells the layout that a conflict was decided.</summary>
    public Func<Task> ConflictDecidedAsync { get; init; } = () => Task.CompletedTask;

    public static ConsoleView Unknown { get; } = new(null, false, _ => Task.CompletedTask);
}
