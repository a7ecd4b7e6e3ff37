using Microsoft.Data.SqlClient;

namespace LazyMigrate.Core.Scripting.Modules.SqlServer;

/// <summary><c>mssql://user:password@host:port/database?encrypt=true</c>, percent-encoded or not; also <c>sqlserver://</c> and <c>tds://</c>.</summary>
internal static class SqlServerUri
{
    private const int DefaultPort = 1433;
    private const string Example = "`mssql://user:password@host:1433/database` or `Server=host,1433;Database=…;User Id=…;Password=…`";

    private static readonly string[] s_schemes = ["mssql://", "sqlserver://", "tds://"];

    public static bool IsUri(string text) => DatabaseUri.SchemeOf(text, s_schemes) is not null;

    /// <exception cref="ModuleException">It is not such a URI.</exception>
    public static SqlServerTarget Parse(string uri)
    {
        var read = DatabaseUri.Parse(uri, s_schemes, Example);
        if (read.Host.Contains('\\', StringComparison.Ordinal))
        {
            throw SqlServerTarget.NamedInstance();
        }

        var target = new SqlServerTarget
        {
            Host = SqlServerTarget.CheckHost(read.Host),
            Port = read.Port ?? DefaultPort,
            Username = read.Username,
            Password = read.Password,
            Database = read.Database,
        };
        foreach (var (name, value) in read.Options)
        {
            var yes = value is "true" or "1" or "yes";
            target = name.ToLowerInvariant() switch
            {
                "encrypt" => target with { Encrypt = value == "strict" ? SqlConnectionEncryptOption.Strict : yes ? SqlConnectionEncryptOption.Mandatory : SqlConnectionEncryptOption.Optional },
                "trustservercertificate" => target with { TrustServerCertificate = yes },
                _ => target,
            };
        }

        return target;
    }

    internal static ModuleException Invalid(string reason) => DatabaseUri.Invalid(reason, Example);
}
