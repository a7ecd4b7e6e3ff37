using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;

namespace LazyMigrate.Web.Components.Admin.Overview;

/// <summary>All that the overview shows, but for the progress, which may have to ask the legacy database.</summary>
internal sealed record OverviewReading(
    SwitchReadiness Readiness,
    CustomDatabaseSettings? Database,
    DatabaseScriptState? Login,
    DatabaseScriptState? Search,
    IReadOnlyList<ActivityDay> Days,
    IReadOnlyList<ActivityEvent> Latest);
