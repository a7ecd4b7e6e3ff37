namespace LazyMigrate.Core.Scripting.Templates;

/// <summary>A script to start from.</summary>
/// <param name="Key">Stable, for example <c>postgres/login</c>.</param>
/// <param name="Name">For the administrator, for example <c>PostgreSQL with bcrypt</c>.</param>
/// <param name="Summary">One line for the administrator: of a login which password hashes it verifies, of others what it reads.</param>
/// <param name="Store">The legacy database that it is written for, or null for a placeholder and for stores without a probe.</param>
/// <param name="Kind">The function that it defines.</param>
/// <param name="Source">The script.</param>
public sealed record ScriptTemplate(string Key, string Name, string Summary, LegacyStore? Store, ScriptKind Kind, string Source);

/// <summary>The scripts that LazyMigrate brings along.</summary>
public static class ScriptTemplates
{
    /// <summary>What every store has a template for.</summary>
    private static readonly ScriptKind[] s_kinds = [ScriptKind.Login, ScriptKind.SearchUser, ScriptKind.CountUsers];

    /// <summary>All templates: those of each store, then the placeholders.</summary>
    public static IReadOnlyList<ScriptTemplate> All { get; } =
    [
        .. s_kinds.Select(kind => Load("Postgres", "PostgreSQL with bcrypt", "bcrypt", "the table users", LegacyStore.Postgres, kind)),
        .. s_kinds.Select(kind => Load("MySql", "MySQL or MariaDB with bcrypt", "bcrypt", "the table users", LegacyStore.MySql, kind)),
        .. s_kinds.Select(kind => Load("WordPress", "WordPress", "phpass ($P$), bcrypt ($wp$2y$) and old MD5", "the table wp_users", LegacyStore.MySql, kind)),
        .. s_kinds.Select(kind => Load("Drupal", "Drupal", "SHA-512 ($S$) and bcrypt", "the table users_field_data", LegacyStore.MySql, kind)),
        .. s_kinds.Select(kind => Load("Laravel", "Laravel on MySQL", "bcrypt and Argon2", "the table users", LegacyStore.MySql, kind)),
        .. s_kinds.Select(kind => Load("SqlServer", "SQL Server with bcrypt", "bcrypt", "the table users", LegacyStore.SqlServer, kind)),
        .. s_kinds.Select(kind => Load("AspNetIdentity", "ASP.NET Core Identity in SQL Server", "PBKDF2 of Identity 2, 3 and Core", "the table AspNetUsers", LegacyStore.SqlServer, kind)),
        .. s_kinds.Select(kind => Load("AspNetMembership", "ASP.NET Membership in SQL Server", "salted SHA-1, SHA-256 and HMAC-SHA-256, and plain text", "the tables aspnet_Users and aspnet_Membership", LegacyStore.SqlServer, kind)),
        .. s_kinds.Select(kind => Load("Sqlite", "SQLite with bcrypt", "bcrypt", "the table users", LegacyStore.Sqlite, kind)),
        .. s_kinds.Select(kind => Load("MongoDb", "MongoDB with bcrypt", "bcrypt", "the collection users", LegacyStore.MongoDb, kind)),
        .. s_kinds.Select(kind => Load("Http", "JSON service", null, "what a JSON service of yours answers, which verifies the password itself", LegacyStore.Http, kind)),
        .. s_kinds.Select(kind => Load("Django", "Django on PostgreSQL", "PBKDF2, Argon2, bcrypt, scrypt and old salted SHA-1 and MD5", "the table auth_user", LegacyStore.Postgres, kind)),
        .. s_kinds.Select(kind => Load("Devise", "Rails with Devise on PostgreSQL", "bcrypt, with or without a pepper", "the table users", LegacyStore.Postgres, kind)),
        .. s_kinds.Select(kind => Load("Keycloak", "Keycloak on PostgreSQL", "PBKDF2 and Argon2", "the tables user_entity and credential", LegacyStore.Postgres, kind)),

        // A directory can only be counted by reading all of it, and belongs to no store that has a probe.
        .. s_kinds.Take(2).Select(kind => Load("Ldap", "LDAP directory", null, "the directory, which verifies the password itself", null, kind)),
        .. Enum.GetValues<ScriptKind>().Select(kind => Load("Blank", "Empty", null, null, null, kind)),
    ];

    /// <summary>The first template for a store, or the placeholder where there is none.</summary>
    /// <param name="store">The legacy database, or null.</param>
    /// <param name="kind">What the script is for.</param>
    public static ScriptTemplate For(LegacyStore? store, ScriptKind kind) =>
        All.FirstOrDefault(template => store is not null && template.Store == store && template.Kind == kind)
        ?? All.First(template => template.Key == $"blank/{ScriptFunctionNames.Of(kind)[0]}");

    /// <param name="folder">Where its scripts are.</param>
    /// <param name="name">For the administrator.</param>
    /// <param name="hashes">Which hashes its login verifies; null where something else does, or nothing.</param>
    /// <param name="reads">From where; null for the placeholder.</param>
    /// <param name="store">The legacy database.</param>
    /// <param name="kind">What the script is for.</param>
    private static ScriptTemplate Load(string folder, string name, string? hashes, string? reads, LegacyStore? store, ScriptKind kind)
    {
        var function = ScriptFunctionNames.Of(kind)[0];
        var summary = reads is null ? "Only the function and its documentation, to write by hand."
            : kind == ScriptKind.Login && hashes is not null ? $"Verifies {hashes}; reads {reads}."
            : $"Reads {reads}.";
        return new ScriptTemplate(
            $"{folder.ToLowerInvariant()}/{function}",
            name,
            summary,
            store,
            kind,
            EmbeddedText.Read($"Templates.{folder}.{function}.js"));
    }
}
