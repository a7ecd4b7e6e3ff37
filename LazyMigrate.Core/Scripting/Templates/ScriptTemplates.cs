namespace LazyMigrate.Core.Scripting.Templates;

/// <summary>A script to start from.</summary>
/// <param name="Key">Stable, for example <c>postgres/login</c>.</param>
/// <param name="Name">For the administrator, for example <c>PostgreSQL with bcrypt</c>.</param>
/// <param name="Store">The legacy database that it is written for, or null for a placeholder and for stores without a probe.</param>
/// <param name="Kind">The function that it defines.</param>
/// <param name="Source">The script.</param>
public sealed record ScriptTemplate(string Key, string Name, LegacyStore? Store, ScriptKind Kind, string Source);

/// <summary>The scripts that LazyMigrate brings along.</summary>
public static class ScriptTemplates
{
    /// <summary>What every store has a template for.</summary>
    private static readonly ScriptKind[] s_kinds = [ScriptKind.Login, ScriptKind.SearchUser, ScriptKind.CountUsers];

    /// <summary>All templates: those of each store, then the placeholders.</summary>
    public static IReadOnlyList<ScriptTemplate> All { get; } =
    [
        .. s_kinds.Select(kind => Load("Postgres", "PostgreSQL with bcrypt", LegacyStore.Postgres, kind)),
        .. s_kinds.Select(kind => Load("MySql", "MySQL or MariaDB with bcrypt", LegacyStore.MySql, kind)),
        .. s_kinds.Select(kind => Load("WordPress", "WordPress", LegacyStore.MySql, kind)),
        .. s_kinds.Select(kind => Load("Drupal", "Drupal", LegacyStore.MySql, kind)),
        .. s_kinds.Select(kind => Load("Laravel", "Laravel on MySQL", LegacyStore.MySql, kind)),
        .. s_kinds.Select(kind => Load("SqlServer", "SQL Server with bcrypt", LegacyStore.SqlServer, kind)),
        .. s_kinds.Select(kind => Load("AspNetIdentity", "ASP.NET Core Identity in SQL Server", LegacyStore.SqlServer, kind)),
        .. s_kinds.Select(kind => Load("AspNetMembership", "ASP.NET Membership in SQL Server", LegacyStore.SqlServer, kind)),
        .. s_kinds.Select(kind => Load("Sqlite", "SQLite with bcrypt", LegacyStore.Sqlite, kind)),
        .. s_kinds.Select(kind => Load("MongoDb", "MongoDB with bcrypt", LegacyStore.MongoDb, kind)),
        .. s_kinds.Select(kind => Load("Http", "JSON service", LegacyStore.Http, kind)),
        .. s_kinds.Select(kind => Load("Django", "Django on PostgreSQL", LegacyStore.Postgres, kind)),
        .. s_kinds.Select(kind => Load("Devise", "Rails with Devise on PostgreSQL", LegacyStore.Postgres, kind)),
        .. s_kinds.Select(kind => Load("Keycloak", "Keycloak on PostgreSQL", LegacyStore.Postgres, kind)),

        // A directory can only be counted by reading all of it, and belongs to no store that has a probe.
        .. s_kinds.Take(2).Select(kind => Load("Ldap", "LDAP directory", null, kind)),
        .. Enum.GetValues<ScriptKind>().Select(kind => Load("Blank", "Empty", null, kind)),
    ];

    /// <summary>The first template for a store, or the placeholder where there is none.</summary>
    /// <param name="store">The legacy database, or null.</param>
    /// <param name="kind">What the script is for.</param>
    public static ScriptTemplate For(LegacyStore? store, ScriptKind kind) =>
        All.FirstOrDefault(template => store is not null && template.Store == store && template.Kind == kind)
        ?? All.First(template => template.Key == $"blank/{ScriptFunctionNames.Of(kind)[0]}");

    private static ScriptTemplate Load(string folder, string name, LegacyStore? store, ScriptKind kind)
    {
        var function = ScriptFunctionNames.Of(kind)[0];
        return new ScriptTemplate(
            $"{folder.ToLowerInvariant()}/{function}",
            name,
            store,
            kind,
            EmbeddedText.Read($"Templates.{folder}.{function}.js"));
    }
}
