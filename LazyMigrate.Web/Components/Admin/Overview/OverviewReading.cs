using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.UserMigration;

namespace LazyMigrate.Web.Components.Admin.Overview;

/// <summary>All that the overview shows, but for the progress, which may have to ask the legacy database.</summary>
internal sealed record OverviewReading(
    SwitchReadiness Readiness,
    CustomDatabaseSettings? Database,
    DatabaseScriptState? Login,
    DatabaseScriptState? Search,
    LegacyHealthReading? Health,
    IReadOnlyList<ActivityDay> Days,
    IReadOnlyList<ActivityEvent> Latest,
    int OpenConflicts);
