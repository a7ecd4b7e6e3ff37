namespace LazyMigrate.Core.Scripting;

/// <summary>The functions an administrator can write for a legacy database. The contract of each is in docs/scripts.md.</summary>
public enum ScriptKind
{
    /// <summary><c>login(query, password, context)</c>: checks a password.</summary>
    Login,

    /// <summary><c>searchUser(query, context)</c>, also accepted as <c>getUser</c>: looks a person up.</summary>
    SearchUser,

    /// <summary><c>countUsers(context)</c>, optional: how many people the legacy database holds.</summary>
    CountUsers,

    /// <summary><c>listUsers(page, limit, context)</c>, optional: pages through everyone.</summary>
    ListUsers,

    /// <summary><c>userMigrated(user, context)</c>, optional: told after a move was committed.</summary>
    UserMigrated,
}
