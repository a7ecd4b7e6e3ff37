namespace LazyMigrate.Core.Scripting;

/// <summary>Opens a connection to a legacy database as the modules would, and closes it again.</summary>
public interface ILegacyConnectionTester
{
    /// <summary>Tries to connect within 10 s.</summary>
    /// <param name="store">Which kind of server.</param>
    /// <param name="connectionUri">For PostgreSQL a <c>postgres://</c> URI; for MySQL and MariaDB a <c>mysql://</c> URI; for SQL Server a
    /// <c>mssql://</c> URI or a connection string; for MongoDB a <c>mongodb://</c> URI; for HTTP a base address; for SQLite a file, absolute
    /// or below the access's folder.</param>
    /// <param name="access">What may be reached.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<LegacyConnectionTest> TestAsync(
        LegacyStore store,
        string connectionUri,
        LegacyAccess access,
        CancellationToken cancellationToken = default);
}

/// <summary>The stores whose connection can be tested.</summary>
public enum LegacyStore
{
    Sqlite,
    Postgres,
    MySql,
    MongoDb,
    Http,
    SqlServer,
}

/// <summary>How a connection test went.</summary>
public abstract record LegacyConnectionTest
{
    private LegacyConnectionTest()
    {
    }

    /// <param name="ServerVersion">As a person would say it, for example <c>PostgreSQL 15.18</c>.</param>
    /// <param name="Latency">Of one empty query on the open connection.</param>
    /// <param name="Tables">The names of up to 50 tables and views that can be read, to recognise the database by.</param>
    public sealed record Connected(string ServerVersion, TimeSpan Latency, IReadOnlyList<string> Tables) : LegacyConnectionTest;

    /// <param name="Code">For example <c>ECONNREFUSED</c>, or an SQLSTATE.</param>
    /// <param name="Message">One sentence: what is wrong and what to do. Never the connection string.</param>
    public sealed record NotConnected(string Code, string Message) : LegacyConnectionTest;
}
