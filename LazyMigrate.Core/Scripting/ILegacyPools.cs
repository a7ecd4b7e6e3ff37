namespace LazyMigrate.Core.Scripting;

/// <summary>The pools of connections to legacy databases, which all runs of this server share.</summary>
public interface ILegacyPools
{
    /// <summary>How they are, the most recently used first.</summary>
    IReadOnlyList<LegacyPoolHealth> Read();

    /// <summary>Closes them all, for example because settings have changed. Connections in use are closed when their run gives them back.</summary>
    Task CloseAsync();
}

/// <summary>How one pool is.</summary>
/// <param name="Module">The module it belongs to, for example <c>pg</c>.</param>
/// <param name="Address">Host, port and database: <c>db.example.com:5432/shop</c>. Never a user, never a password.</param>
/// <param name="InUse">Connections that runs hold now.</param>
/// <param name="Leases">Connections that were given to runs since the pool was made.</param>
/// <param name="Failures">Attempts to connect that failed since then.</param>
/// <param name="LastError">The code of the last failure, for example <c>ECONNREFUSED</c>, or null when the last attempt succeeded.</param>
/// <param name="LastUsed">When a run last asked for a connection.</param>
public sealed record LegacyPoolHealth(
    string Module,
    string Address,
    int InUse,
    long Leases,
    long Failures,
    string? LastError,
    DateTimeOffset LastUsed);
