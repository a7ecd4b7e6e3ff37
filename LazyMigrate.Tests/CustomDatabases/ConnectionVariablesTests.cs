using CsCheck;
using LazyMigrate.Core.CustomDatabases;

namespace LazyMigrate.Tests.CustomDatabases;

public sealed class ConnectionVariablesTests
{
    private const string Folder = "/srv/legacy";

    // What passwords are made of, with all that means something in a URI.
    private static readonly Gen<string> s_password = Gen.OneOf(Gen.Char['!', '~'], Gen.Char["ßé中 "]).Array[8, 24].Select(characters => "pw" + new string(characters));

    [Fact]
    public void Create_Uri_FillsTheParts()
    {
        var connection = Create(CustomDatabaseType.Postgres, "postgres://shop%40reader:p%40ss%3Aword%2F1@DB.example.org:6432/shop%20db?sslmode=require");

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["DB_CONNECTION_URI"] = "postgres://shop%40reader:p%40ss%3Aword%2F1@DB.example.org:6432/shop%20db?sslmode=require",
                ["DB_HOST"] = "db.example.org",
                ["DB_PORT"] = "6432",
                ["DB_USERNAME"] = "shop@reader",
                ["DB_PASSWORD"] = "p@ss:word/1",
                ["DB_DATABASE"] = "shop db",
            },
            connection.Variables);
        Assert.Equal(["db.example.org:6432"], connection.Access.Hosts);
        Assert.Contains("p@ss:word/1", connection.Secrets);
        Assert.Contains("postgres://shop%40reader:p%40ss%3Aword%2F1@DB.example.org:6432/shop%20db?sslmode=require", connection.Secrets);
    }

    [Theory]
    [InlineData(CustomDatabaseType.Postgres, "postgresql://db/shop", "5432")]
    [InlineData(CustomDatabaseType.MySql, "mysql://db/shop", "3306")]
    [InlineData(CustomDatabaseType.MongoDb, "mongodb://db/shop", "27017")]
    [InlineData(CustomDatabaseType.SqlServer, "mssql://db/shop", "1433")]
    [InlineData(CustomDatabaseType.Http, "https://db/shop", "443")]
    public void Create_UriWithoutPort_UsesTheUsualOne(CustomDatabaseType type, string uri, string port)
    {
        var connection = Create(type, uri);

        Assert.Equal(port, connection.Variables["DB_PORT"]);
        Assert.Equal([$"db:{port}"], connection.Access.Hosts);
        Assert.Equal("", connection.Variables["DB_PASSWORD"]);
        Assert.Empty(connection.Secrets);
    }

    /// <summary>Every notation that a database's module and its connection test read.</summary>
    [Theory]
    [InlineData(CustomDatabaseType.Postgres, "postgresql://rea%40der:p%40ss@DB.example.org/shop", "db.example.org", "5432", "rea@der", "p@ss", "shop", "db.example.org:5432")]
    [InlineData(CustomDatabaseType.Postgres, "postgres://reader:p@ss/word@db:6432/shop", "db", "6432", "reader", "p@ss/word", "shop", "db:6432")]
    [InlineData(CustomDatabaseType.MySql, "mysql://reader:p%40ss@DB.example.org:3307/shop?ssl=true", "db.example.org", "3307", "reader", "p@ss", "shop", "db.example.org:3307")]
    [InlineData(CustomDatabaseType.MySql, "mariadb://reader:p@ss@db", "db", "3306", "reader", "p@ss", "", "db:3306")]
    [InlineData(CustomDatabaseType.MySql, "mysqls://reader@[2001:db8::1]/shop", "2001:db8::1", "3306", "reader", "", "shop", "[2001:db8::1]:3306 2001:db8::1:3306")]
    [InlineData(CustomDatabaseType.SqlServer, "mssql://reader:p@ss@DB.example.org/shop?encrypt=true", "db.example.org", "1433", "reader", "p@ss", "shop", "db.example.org:1433")]
    [InlineData(CustomDatabaseType.SqlServer, "sqlserver://sa:pass@db:14330", "db", "14330", "sa", "pass", "", "db:14330")]
    [InlineData(CustomDatabaseType.SqlServer, "Server=DB.example.org;Database=shop;User Id=reader;Password=p@ss", "db.example.org", "1433", "reader", "p@ss", "shop", "db.example.org:1433")]
    [InlineData(CustomDatabaseType.SqlServer, "Data Source=tcp:db,14330; Initial Catalog=shop; UID=reader; PWD='p;ss'; Encrypt=False", "db", "14330", "reader", "p;ss", "shop", "db:14330")]
    [InlineData(CustomDatabaseType.MongoDb, "mongodb://reader:p%40ss@DB.example.org:27018/shop?authSource=admin", "db.example.org", "27018", "reader", "p@ss", "shop", "db.example.org:27018")]
    [InlineData(CustomDatabaseType.MongoDb, "mongodb://reader:p%2Fss@a:1,B,[::1]:3/shop?replicaSet=rs0", "a", "1", "reader", "p/ss", "shop", "a:1 b:27017 [::1]:3 ::1:3")]
    [InlineData(CustomDatabaseType.MongoDb, "mongodb+srv://reader:pass@cluster.example.net/shop", "cluster.example.net", "27017", "reader", "pass", "shop", "cluster.example.net:27017")]
    [InlineData(CustomDatabaseType.Http, "https://key:pass@users.example.org/api", "users.example.org", "443", "key", "pass", "api", "users.example.org:443")]
    [InlineData(CustomDatabaseType.Http, "http://users.example.org:8080", "users.example.org", "8080", "", "", "", "users.example.org:8080")]
    public void Create_AnyNotation_FillsThePartsAndAllowsExactlyItsHosts(CustomDatabaseType type, string uri, string host, string port, string user, string password, string database, string allowed)
    {
        var connection = Create(type, uri);

        Assert.Equal(
            (uri, host, port, user, password, database),
            (connection.Variables["DB_CONNECTION_URI"], connection.Variables["DB_HOST"], connection.Variables["DB_PORT"], connection.Variables["DB_USERNAME"], connection.Variables["DB_PASSWORD"], connection.Variables["DB_DATABASE"]));
        Assert.Equal(allowed.Split(' '), connection.Access.Hosts);
        if (password.Length > 0)
        {
            Assert.Contains(password, connection.Secrets);
            Assert.Contains(uri, connection.Secrets);
        }
    }

    [Theory]
    [InlineData(CustomDatabaseType.SqlServer, "Server=db\\SQLEXPRESS;User Id=u;Password=hunter22")]
    [InlineData(CustomDatabaseType.SqlServer, "Database=shop;User Id=u;Password=hunter22")]
    [InlineData(CustomDatabaseType.SqlServer, "Server=db;Integrated Security=true;Password=hunter22")]
    [InlineData(CustomDatabaseType.MongoDb, "mongodb://u:hunter22@")]
    [InlineData(CustomDatabaseType.MySql, "root:hunter22@tcp(db:3306)/shop")]
    public void Create_NotationThatNoModuleReads_AllowsNothingAndIsASecretAsAWhole(CustomDatabaseType type, string uri)
    {
        var connection = Create(type, uri);

        Assert.Empty(connection.Access.Hosts);
        Assert.Contains(uri, connection.Secrets);
        Assert.Equal("••••", ConnectionVariables.Mask(type, uri));
    }

    [Fact]
    public void Create_Parts_FillTheUri()
    {
        var connection = Create(CustomDatabaseType.Postgres, null, new()
        {
            ["DB_HOST"] = "db.example.org",
            ["DB_PORT"] = "6432",
            ["DB_USERNAME"] = "shop@reader",
            ["DB_PASSWORD"] = "p@ss:word/1",
            ["DB_DATABASE"] = "shop db",
        });

        Assert.Equal("postgres://shop%40reader:p%40ss%3Aword%2F1@db.example.org:6432/shop%20db", connection.Variables["DB_CONNECTION_URI"]);
        Assert.Equal(["db.example.org:6432"], connection.Access.Hosts);
        Assert.Contains("p@ss:word/1", connection.Secrets);
    }

    [Fact]
    public void Create_AnyPassword_SurvivesTheUriAndBack() => s_password.Sample(password =>
    {
        var composed = Create(CustomDatabaseType.MySql, null, new() { ["DB_HOST"] = "db", ["DB_USERNAME"] = "u", ["DB_PASSWORD"] = password }).Variables["DB_CONNECTION_URI"];
        var connection = Create(CustomDatabaseType.MySql, composed);
        return connection.Variables["DB_PASSWORD"] == password && connection.Variables["DB_HOST"] == "db" && connection.Secrets.Contains(password);
    });

    [Fact]
    public void Create_Ipv6Host_IsReachableInBothSpellings()
    {
        var fromUri = Create(CustomDatabaseType.Postgres, "postgres://u:secret@[2001:db8::1]:6432/shop");
        var fromParts = Create(CustomDatabaseType.Postgres, null, new() { ["DB_HOST"] = "2001:db8::1", ["DB_PORT"] = "6432", ["DB_DATABASE"] = "shop" });

        Assert.Equal("2001:db8::1", fromUri.Variables["DB_HOST"]);
        Assert.Equal(["[2001:db8::1]:6432", "2001:db8::1:6432"], fromUri.Access.Hosts);
        Assert.Equal("postgres://[2001:db8::1]:6432/shop", fromParts.Variables["DB_CONNECTION_URI"]);
        Assert.Equal(fromUri.Access.Hosts, fromParts.Access.Hosts);
    }

    [Fact]
    public void Create_AdministratorsOwnPart_WinsOverTheUri()
    {
        var connection = Create(CustomDatabaseType.Postgres, "postgres://u:from-uri@db/shop", new() { ["DB_PASSWORD"] = "own-password" });

        Assert.Equal("own-password", connection.Variables["DB_PASSWORD"]);
        Assert.Contains("own-password", connection.Secrets);
        Assert.Contains("from-uri", connection.Secrets);
    }

    [Theory]
    [InlineData("shop.db", "/srv/legacy/shop.db")]
    [InlineData("sqlite:shop.db", "/srv/legacy/shop.db")]
    [InlineData("sqlite:///data/shop.db", "/data/shop.db")]
    [InlineData("/data/shop.db", "/data/shop.db")]
    public void Create_Sqlite_AllowsThatFileAndMasksNothing(string uri, string file)
    {
        var connection = Create(CustomDatabaseType.Sqlite, uri);

        Assert.Equal(uri, connection.Variables["DB_CONNECTION_URI"]);
        Assert.Equal((Folder, file), (connection.Access.SqliteFolder, Assert.Single(connection.Access.SqliteFiles)));
        Assert.Empty(connection.Access.Hosts);
        Assert.Empty(connection.Secrets);
        Assert.Equal(uri, ConnectionVariables.Mask(CustomDatabaseType.Sqlite, uri));
    }

    [Fact]
    public void Create_OwnVariables_AreSecretsWhateverTheirName()
    {
        var connection = Create(CustomDatabaseType.Postgres, "postgres://db/shop", new() { ["PEPPER"] = "hot-pepper", ["DB_TOKEN"] = "a-token", ["FLAG"] = "on" });

        Assert.Equal("hot-pepper", connection.Variables["PEPPER"]);
        Assert.Contains("hot-pepper", connection.Secrets);
        Assert.Contains("a-token", connection.Secrets);

        // Masking two letters would only make messages unreadable.
        Assert.DoesNotContain("on", connection.Secrets);
    }

    [Fact]
    public void Create_NothingSet_EveryVariableIsThere()
    {
        var connection = Create(CustomDatabaseType.Other, null);

        Assert.Equal(
            ["DB_CONNECTION_URI", "DB_DATABASE", "DB_HOST", "DB_PASSWORD", "DB_PORT", "DB_USERNAME"],
            connection.Variables.Keys.Order(StringComparer.Ordinal));
        Assert.All(connection.Variables.Values, value => Assert.Equal("", value));
    }

    [Fact]
    public void Create_NotationThatIsNoUri_IsASecretAsAWhole()
    {
        var connection = Create(CustomDatabaseType.Other, "Server=db;User Id=u;Password=hunter22");

        Assert.Contains("Server=db;User Id=u;Password=hunter22", connection.Secrets);
    }

    [Fact]
    public void Create_AllowedHosts_ComeFirstAndOnce()
    {
        var connection = ConnectionVariables.Create(CustomDatabaseType.Postgres, "postgres://db:5432/shop", new Dictionary<string, string>(), ["API.example.org:443", "db:5432"], Folder);

        Assert.Equal(["api.example.org:443", "db:5432"], connection.Access.Hosts);
    }

    [Theory]
    [InlineData(CustomDatabaseType.Postgres, "postgres://u:hunter22@db:5432/shop", "postgres://u:••••@db:5432/shop")]
    [InlineData(CustomDatabaseType.Postgres, "postgres://u@db/shop", "postgres://u@db/shop")]
    [InlineData(CustomDatabaseType.Postgres, "postgres://db/shop?password=hunter22", "postgres://db/shop?…")]
    [InlineData(CustomDatabaseType.Postgres, "postgres://u:hunter22@[::1]:5432/shop", "postgres://u:••••@[::1]:5432/shop")]
    [InlineData(CustomDatabaseType.MongoDb, "mongodb://u:hunter22@db", "mongodb://u:••••@db/")]
    [InlineData(CustomDatabaseType.MongoDb, "mongodb://u:hunter22@a:1,B:2/shop?password=hunter22", "mongodb://u:••••@a:1,b:2/shop?…")]
    [InlineData(CustomDatabaseType.MongoDb, "mongodb://a,b/shop", "mongodb://a:27017,b:27017/shop")]
    [InlineData(CustomDatabaseType.MongoDb, "mongodb+srv://u:hunter22@cluster.example.net/shop", "mongodb+srv://u:••••@cluster.example.net/shop")]
    [InlineData(CustomDatabaseType.MongoDb, "mongodb://u:hunt/er22@a:1,b:2/shop", "••••")]
    [InlineData(CustomDatabaseType.SqlServer, "mssql://u:hunter22@db/shop?encrypt=true", "mssql://u:••••@db/shop?…")]
    [InlineData(CustomDatabaseType.SqlServer, "mssql://u:hunt/er22@db/shop", "••••")]
    [InlineData(CustomDatabaseType.SqlServer, "Server=DB;Database=shop;User Id=u;Password=hunter22;Application Name=hunter22", "Server=db,1433;Database=shop;User Id=u;Password=••••")]
    [InlineData(CustomDatabaseType.SqlServer, "Data Source=tcp:db,14330;UID=u;PWD='hunter;22'", "Server=db,14330;User Id=u;Password=••••")]
    [InlineData(CustomDatabaseType.SqlServer, "Server=db;Pasword=hunter22", "••••")]
    [InlineData(CustomDatabaseType.Http, "https://u:hunter22@users.example.org/api?key=hunter22", "https://u:••••@users.example.org:443/api?…")]
    [InlineData(CustomDatabaseType.MySql, "mysql://u:1234/hunter22@db/shop", "••••")]
    [InlineData(CustomDatabaseType.MySql, "mysql://u:1234#hunter22@db/shop", "••••")]
    [InlineData(CustomDatabaseType.MySql, "mysql://u:1234?hunter22@db/shop", "••••")]
    [InlineData(CustomDatabaseType.Other, "root:hunter22@tcp(db:3306)/shop", "••••")]
    [InlineData(CustomDatabaseType.Other, "jdbc:postgresql://db/shop?user=u&password=hunter22", "••••")]
    [InlineData(CustomDatabaseType.Other, "Server=db;Password=hunter22", "••••")]
    [InlineData(CustomDatabaseType.Sqlite, "postgres://u:hunter22@db/shop", "postgres://u:••••@db/shop")]
    public void Mask_Uri_NeverShowsAPassword(CustomDatabaseType type, string uri, string shown) =>
        Assert.Equal(shown, ConnectionVariables.Mask(type, uri));

    [Fact]
    public void Mask_AnyPasswordEncodedOrNot_IsNotShown() => Gen.Select(s_password, Gen.Bool).Sample((password, isEncoded) =>
    {
        var uri = $"postgres://u:{(isEncoded ? Uri.EscapeDataString(password) : password)}@db.example.org/shop";
        return ConnectionVariables.Mask(CustomDatabaseType.Postgres, uri) is "postgres://u:••••@db.example.org/shop" or "••••";
    });

    [Fact]
    public void Mask_Null_IsNull() => Assert.Null(ConnectionVariables.Mask(CustomDatabaseType.Postgres, null));

    private static ConnectionVariables Create(CustomDatabaseType type, string? uri, Dictionary<string, string>? own = null) =>
        ConnectionVariables.Create(type, uri, own ?? [], [], Folder);
}
