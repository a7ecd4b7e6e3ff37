namespace LazyMigrate.Core.Scripting.Contracts;

/// <summary>Whom a script is asked about: exactly one of the fields is set.</summary>
public sealed record LegacyQuery
{
    public string? Email { get; init; }

    /// <summary>E.164.</summary>
    public string? Phone { get; init; }

    public string? Username { get; init; }

    /// <summary>The legacy key; for the look-up script only.</summary>
    public string? Id { get; init; }
}

/// <summary>The script's <c>context</c>: who asks and from where. Never a password.</summary>
public sealed record ScriptContext
{
    public string UserPoolId { get; init; } = "default";

    public string UserPoolName { get; init; } = "LazyMigrate";

    public string? AppId { get; init; }

    public string? AppName { get; init; }

    /// <summary>The address of the browser, if known.</summary>
    public string? Ip { get; init; }
}
