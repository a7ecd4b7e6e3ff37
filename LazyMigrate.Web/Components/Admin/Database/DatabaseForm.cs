using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Users;

namespace LazyMigrate.Web.Components.Admin.Database;

/// <summary>What the settings page holds while it is edited. Stored secrets are never in it, only what was typed anew.</summary>
internal sealed class DatabaseForm
{
    private readonly CustomDatabaseSettings? _stored;

    public DatabaseForm(CustomDatabaseSettings? stored)
    {
        _stored = stored;
        Stamp = stored?.ConcurrencyStamp;
        Name = stored?.Name ?? "";
        Type = stored?.Type ?? CustomDatabaseType.Postgres;
        Uri = IsUriOpen ? stored?.MaskedUri ?? "" : "";
        Variables = stored?.VariableNames.Select(name => new DatabaseVariable { Name = name, IsStored = true }).ToList() ?? [];
        Hosts = string.Join('\n', stored?.AllowedHosts ?? []);
        TrustsEmailVerified = stored?.TrustsEmailVerified ?? false;
        Roles = string.Join('\n', (stored?.AllowedRoles ?? []).Select(WriteRole));
    }

    public string Name { get; set; }

    public CustomDatabaseType Type { get; set; }

    /// <summary>The URI as typed; for SQLite the stored file name, which is no secret, to begin with.</summary>
    public string Uri { get; set; }

    /// <summary>Whether the stored URI is to be replaced.</summary>
    public bool IsReplacingUri { get; set; }

    public List<DatabaseVariable> Variables { get; }

    /// <summary>One <c>host:port</c> a line.</summary>
    public string Hosts { get; set; }

    public bool TrustsEmailVerified { get; set; }

    /// <summary>One role a line: <c>legacy = local</c>, or one name that is the same in both.</summary>
    public string Roles { get; set; }

    /// <summary>The stamp that a save gives back.</summary>
    public Guid? Stamp { get; set; }

    public string? MaskedUri => _stored?.MaskedUri;

    /// <summary>Whether the URI can be typed: none is stored, it is a file name, or it is being replaced.</summary>
    public bool IsUriTyped => IsUriOpen || IsReplacingUri || Type != _stored?.Type;

    /// <summary>The URI to save, or null to keep the stored one.</summary>
    public string? NewUri => !IsUriTyped || Uri.Trim() == (IsUriOpen ? MaskedUri ?? "" : "") ? null : Uri.Trim();

    private bool IsUriOpen => _stored?.MaskedUri is null || _stored.Type == CustomDatabaseType.Sqlite;

    /// <summary>Whether something would be lost by leaving.</summary>
    public bool IsChanged =>
        Name.Trim() != (_stored?.Name ?? "")
        || Type != (_stored?.Type ?? CustomDatabaseType.Postgres)
        || NewUri is not null
        || Variables.Any(variable => !variable.IsStored || variable.IsReplacing)
        || Variables.Count != (_stored?.VariableNames.Count ?? 0)
        || !HostList().SequenceEqual(_stored?.AllowedHosts ?? [])
        || TrustsEmailVerified != (_stored?.TrustsEmailVerified ?? false)
        || !RoleList().SequenceEqual(_stored?.AllowedRoles ?? []);

    public CustomDatabaseEdit ToEdit() => new()
    {
        Name = Name,
        Type = Type,
        NewUri = NewUri,
        Variables = Variables.Where(variable => !variable.IsBlank).ToDictionary(variable => variable.Name.Trim(), variable => variable.ToSave()),
        AllowedHosts = HostList(),
        TrustsEmailVerified = TrustsEmailVerified,
        AllowedRoles = RoleList(),
        ConcurrencyStamp = Stamp,
    };

    /// <summary>The problems that only a form can have: a dictionary cannot hold one name twice.</summary>
    public IReadOnlyList<FieldProblem> FindProblems() => Variables
        .Where(variable => !variable.IsBlank)
        .GroupBy(variable => variable.Name.Trim(), StringComparer.Ordinal)
        .Where(group => group.Count() > 1)
        .Select(group => new FieldProblem($"Variables.{group.Key}", "There are two variables of this name. Remove one."))
        .ToList();

    private static string WriteRole(RoleMapping role) => role.Legacy == role.Local && !role.Legacy.Contains('=', StringComparison.Ordinal) ? role.Legacy : $"{role.Legacy} = {role.Local}";

    // The last sign counts: a legacy name can hold one, a name here cannot.
    private static RoleMapping ReadRole(string line) => line.LastIndexOf('=') is >= 0 and var sign
        ? new RoleMapping(line[..sign].Trim(), line[(sign + 1)..].Trim())
        : new RoleMapping(line, line);

    private List<RoleMapping> RoleList() => Roles.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(ReadRole).ToList();

    private List<string> HostList() => Hosts.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToList();
}

/// <summary>One own variable as it is edited.</summary>
internal sealed class DatabaseVariable
{
    public Guid Key { get; } = Guid.NewGuid();

    public string Name { get; set; } = "";

    public string Value { get; set; } = "";

    /// <summary>Whether a value is stored under this name.</summary>
    public bool IsStored { get; init; }

    public bool IsReplacing { get; set; }

    public bool IsBlank => !IsStored && Name.Trim().Length == 0 && Value.Length == 0;

    /// <summary>The value to save, or null to keep the stored one.</summary>
    public string? ToSave() => IsStored && !IsReplacing ? null : Value;
}
