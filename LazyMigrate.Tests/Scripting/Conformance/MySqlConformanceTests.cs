using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Conformance;

[Collection(nameof(MariaDbCollection))]
public sealed class MySqlConformanceTests(MariaDbServer server, ScriptHost host) : IClassFixture<ScriptHost>
{
    [SkippableTheory]
    [InlineData("mysql", "mysql")]
    [InlineData("mysql2", "mysql2")]
    [InlineData("mysql2-promise", "mysql2")]
    public async Task Module_InTheSandbox_IsAsInNode(string suite, string original)
    {
        Skip.IfNot(MariaDbServer.IsAvailable(out var reason), reason);
        var database = $"conformance{Guid.NewGuid():N}";
        var uri = await server.CreateDatabaseAsync(database);
        foreach (var statement in s_statements)
        {
            await server.ExecuteAsync(database, statement);
        }

        try
        {
            await ConformanceSuite.CompareAsync(
                host.Runner,
                suite,
                new Dictionary<string, string>
                {
                    ["DB_CONNECTION_URI"] = uri,
                    ["DB_HOST"] = "127.0.0.1",
                    ["DB_PORT"] = $"{server.Port}",
                    ["DB_USERNAME"] = MariaDbServer.Username,
                    ["DB_PASSWORD"] = MariaDbServer.Password,
                    ["DB_DATABASE"] = database,
                },
                new LegacyAccess([server.HostAndPort, "127.0.0.1:1"], null, []),
                original);
        }
        finally
        {
            await server.ExecuteAsync("legacy", $"DROP DATABASE `{database}`");
        }
    }

    private static readonly string[] s_statements =
    [
        """
        CREATE TABLE types (
          id INT PRIMARY KEY, tiny TINYINT, tiny1 TINYINT(1), small SMALLINT UNSIGNED, medium MEDIUMINT, plain INT, big BIGINT, ubig BIGINT UNSIGNED,
          `dec` DECIMAL(20,4), flo FLOAT, dbl DOUBLE, bits BIT(12), bit1 BIT(1), d DATE, dt DATETIME, dt6 DATETIME(6), ts TIMESTAMP NULL, tm TIME, tm3 TIME(3), yr YEAR,
          ch CHAR(5), vc VARCHAR(40), txt TEXT, bin BINARY(4), vbin VARBINARY(10), blb BLOB, en ENUM('a','b'), st SET('x','y','z'), js JSON, zf INT(6) ZEROFILL, geo POINT)
        """,
        """
        INSERT INTO types VALUES
          (1, -5, 1, 65535, -70000, 2147483647, 9007199254740993, 18446744073709551615, 12345678901234.5600, 1.5, 0.1, b'101010101010', b'1',
           '2024-02-29', '2024-02-29 13:14:15', '2024-02-29 13:14:15.123456', '2024-02-29 13:14:15', '-12:34:56', '838:59:58.500', 2024,
           'abc', 'Ünïcode ☃', 'long', x'00ff', x'0102ff', x'00ff27', 'b', 'x,z', '{"a": [1, "é"]}', 42, ST_GeomFromText('POINT(1 2)')),
          (2, 0, 0, 0, 0, 0, 42, 7, -0.5000, 123456.7, 1e100, b'0', b'0', '1000-01-01', '1999-12-31 23:59:59', '1999-12-31 23:59:59', NULL, '00:00:00', '01:02:03', 1901,
           '', '', '', '', '', '', 'a', '', 'null', 1234567, NULL),
          (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
           NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
        """,
        "CREATE TABLE zero (d DATE, dt DATETIME); SET SESSION sql_mode = ''; INSERT INTO zero VALUES ('0000-00-00', '0000-00-00'), ('2024-00-00', '2024-05-00 01:02:03')",
        "CREATE PROCEDURE two(n INT) SELECT n * 2 AS twice, n AS once",
    ];
}
