namespace LazyMigrate.Core.CustomDatabases;

/// <summary>What the legacy database is. It decides how the address is read; scripts may use any module.</summary>
public enum CustomDatabaseType
{
    Postgres,
    MySql,
    MongoDb,
    SqlServer,
    Sqlite,
    Http,
    Other,
}
