using LazyMigrate.Tests.TestServices.Tds;
using Microsoft.Data.SqlClient;

namespace LazyMigrate.Tests.TestServices;

/// <summary>
/// The SQL Server that tests run against: the stand-in, or a real one where <c>LAZYMIGRATE_TEST_SQLSERVER</c> holds its connection
/// string (an empty database, whose tables <c>people</c>, <c>scratch</c> and <c>users</c> are dropped and made again).
/// </summary>
public sealed class SqlServerTestTarget : IAsyncLifetime
{
    public const string Variable = "LAZYMIGRATE_TEST_SQLSERVER";

    private readonly SqlConnectionStringBuilder? _real =
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? new SqlConnectionStringBuilder(text) : null;

    /// <summary>Null where a real server is used.</summary>
    internal TdsStandIn? StandIn { get; private set; }

    public string Host => StandIn is null ? _real!.DataSource.Split(',')[0] : "127.0.0.1";

    public int Port => StandIn?.Port ?? (_real!.DataSource.Contains(',', StringComparison.Ordinal) ? int.Parse(_real.DataSource.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture) : 1433);

    public string HostAndPort => $"{Host}:{Port}";

    public string Username => StandIn is null ? _real!.UserID : TdsStandIn.Username;

    public string Password => StandIn is null ? _real!.Password : TdsStandIn.Password;

    public string Database => StandIn is null ? _real!.InitialCatalog : "shop";

    /// <summary>What a script sees as <c>env</c>.</summary>
    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["DB_CONNECTION_URI"] = ConnectionUri,
        ["DB_HOST"] = Host,
        ["DB_PORT"] = $"{Port}",
        ["DB_USERNAME"] = Username,
        ["DB_PASSWORD"] = Password,
        ["DB_DATABASE"] = Database,
    };

    public string ConnectionUri => $"mssql://{Username}:{Uri.EscapeDataString(Password)}@{HostAndPort}/{Database}?encrypt=false&trustServerCertificate=true";

    public string ConnectionString => new SqlConnectionStringBuilder
    {
        DataSource = $"{Host},{Port}",
        UserID = Username,
        Password = Password,
        InitialCatalog = Database,
        Encrypt = SqlConnectionEncryptOption.Optional,
        TrustServerCertificate = true,
        Pooling = false,
    }.ConnectionString;

    public async Task InitializeAsync()
    {
        StandIn = _real is null ? TdsStandIn.Start() : null;
        await ExecuteAsync("DROP TABLE IF EXISTS people; DROP TABLE IF EXISTS scratch");
        await ExecuteAsync("CREATE TABLE people (id int NOT NULL PRIMARY KEY, name nvarchar(100) NOT NULL, born date NULL, note nvarchar(max) NULL, photo varbinary(50) NULL)");
        await ExecuteAsync("CREATE TABLE scratch (id int NOT NULL PRIMARY KEY, name nvarchar(100) NULL)");
        await ExecuteAsync("INSERT INTO people (id, name, born, note) VALUES (1, 'Ada', '1815-12-10', 'first'); INSERT INTO people (id, name) VALUES (2, 'Grace')");
        const string Find = "SELECT name FROM people WHERE id = @id; SET @total = 2; RETURN 7";
        if (StandIn is not null)
        {
            StandIn.Database.Procedures["find_person"] = Find;
        }
        else
        {
            await ExecuteAsync($"CREATE OR ALTER PROCEDURE find_person @id int, @total int OUTPUT AS {Find}");
        }
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new SqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async Task DisposeAsync()
    {
        if (StandIn is not null)
        {
            await StandIn.DisposeAsync();
        }
    }
}
