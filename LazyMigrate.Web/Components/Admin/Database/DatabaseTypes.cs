using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;

namespace LazyMigrate.Web.Components.Admin.Database;

/// <summary>How the console names each type of legacy database, and what its address looks like.</summary>
internal static class DatabaseTypes
{
    public static string NameOf(CustomDatabaseType type) => type switch
    {
        CustomDatabaseType.Postgres => "PostgreSQL",
        CustomDatabaseType.MySql => "MySQL or MariaDB",
        CustomDatabaseType.MongoDb => "MongoDB",
        CustomDatabaseType.SqlServer => "SQL Server",
        CustomDatabaseType.Sqlite => "SQLite",
        CustomDatabaseType.Http => "HTTP service",
        _ => "Other",
    };

    public static string NameOf(LegacyStore store) => NameOf(Enum.GetValues<CustomDatabaseType>().First(type => StoreOf(type) == store));

    /// <summary>What templates and the connection test know, or null.</summary>
    public static LegacyStore? StoreOf(CustomDatabaseType type) => type switch
    {
        CustomDatabaseType.Postgres => LegacyStore.Postgres,
        CustomDatabaseType.MySql => LegacyStore.MySql,
        CustomDatabaseType.SqlServer => LegacyStore.SqlServer,
        CustomDatabaseType.Sqlite => LegacyStore.Sqlite,
        CustomDatabaseType.MongoDb => LegacyStore.MongoDb,
        CustomDatabaseType.Http => LegacyStore.Http,
        _ => null,
    };

    /// <summary>What the field of the address is called.</summary>
    public static string AddressLabelOf(CustomDatabaseType type) => type switch
    {
        CustomDatabaseType.Sqlite => "File",
        CustomDatabaseType.Http => "Base address",
        CustomDatabaseType.SqlServer => "Connection URI or connection string",
        _ => "Connection URI",
    };

    /// <summary>An example, in the field while it is empty.</summary>
    public static string PlaceholderOf(CustomDatabaseType type) => type switch
    {
        CustomDatabaseType.Sqlite => "shop.db",
        CustomDatabaseType.Postgres => "postgres://user:password@host:5432/database",
        CustomDatabaseType.MySql => "mysql://user:password@host:3306/database",
        CustomDatabaseType.MongoDb => "mongodb://user:password@host:27017/database",
        CustomDatabaseType.SqlServer => "mssql://user:password@host:1433/database",
        CustomDatabaseType.Http => "https://users.example.org/",
        _ => "optional",
    };

    /// <summary>Other ways to write the address, or null.</summary>
    public static string? NotationsOf(CustomDatabaseType type) => type switch
    {
        CustomDatabaseType.Postgres => "Add ?sslmode=require for TLS.",
        CustomDatabaseType.MySql => "Add ?ssl=true for TLS.",
        CustomDatabaseType.SqlServer => "Or as .NET writes it: Server=host,1433;Database=…;User Id=…;Password=…. A named instance needs its port.",
        CustomDatabaseType.MongoDb => "Several hosts are written host:27017,host:27017; mongodb+srv:// works, too.",
        CustomDatabaseType.Http => "Put the service's key into an own variable, not into the address.",
        _ => null,
    };
}
