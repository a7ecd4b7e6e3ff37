using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Core.Scripting.Modules.Passwords;
using LazyMigrate.Core.Scripting.Templates;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Templates;

/// <summary>The starter scripts for MySQL and the applications on it, against tables as those applications make them.</summary>
[Collection(nameof(MariaDbCollection))]
public sealed class MySqlTemplatesTests(MariaDbServer server, ScriptHost host) : IClassFixture<ScriptHost>
{
    private const string Password = "opensesame";

    // Made with passlib 1.7.4 and PHP 8.2; the password is "correct horse battery staple".
    private const string FixturePassword = "correct horse battery staple";
    private const string Phpass = "$P$61/88Q97FJ/xo2pOePZwJd/tvzvhXR1";
    private const string PhpBb = "$H$6Y/KKwiM/7ip7QMsyx4fc5Wkxns4km/";
    private const string WordPress68 = "$wp$2y$06$nZ0qGnoMGHtyFvAwQN.N1.Q3nyIFH/Ho.WFfL3sVK.F/NYvgYv5bW";

    private static readonly string s_bcrypt = BCrypt.Net.BCrypt.HashPassword(Password, 4);

    [SkippableFact]
    public async Task MySql_LoginSearchAndCount()
    {
        var reach = await PrepareAsync(
            $"""
            CREATE TABLE users (id int PRIMARY KEY, email varchar(100), phone varchar(20), username varchar(50), name varchar(50), password_hash varchar(100), email_verified boolean, blocked boolean);
            INSERT INTO users VALUES
              (1, 'Ada@Example.com', '+4915112345678', 'ada', 'Ada', '{s_bcrypt}', true, false),
              (2, 'grace@example.com', NULL, 'grace', 'Grace', '{s_bcrypt}', false, true),
              (3, 'new@example.com', NULL, 'new', 'New', NULL, false, false)
            """);

        var accepted = Assert.IsType<LoginOutcome.Accepted>(await LoginAsync("mysql", new LegacyQuery { Email = "ada@example.com" }, Password, reach));
        Assert.Equal(("1", "Ada@Example.com", true, "+4915112345678", "ada", "Ada"), (accepted.Profile.Id, accepted.Profile.Email, accepted.Profile.EmailVerified, accepted.Profile.Phone, accepted.Profile.Username, accepted.Profile.Name));
        Assert.Empty(accepted.Notes);
        Assert.IsType<LoginOutcome.Accepted>(await LoginAsync("mysql", new LegacyQuery { Phone = "+4915112345678" }, Password, reach));
        Assert.IsType<LoginOutcome.WrongPassword>(await LoginAsync("mysql", new LegacyQuery { Email = "ada@example.com" }, "other", reach));
        Assert.IsType<LoginOutcome.WrongPassword>(await LoginAsync("mysql", new LegacyQuery { Email = "new@example.com" }, Password, reach));
        Assert.IsType<LoginOutcome.NoSuchUser>(await LoginAsync("mysql", new LegacyQuery { Username = "\\' OR 1=1 -- " }, Password, reach));
        Assert.Equal("2", Assert.IsType<LoginOutcome.Blocked>(await LoginAsync("mysql", new LegacyQuery { Username = "grace" }, Password, reach)).Profile!.Id);
        Assert.Equal("grace", Assert.IsType<SearchOutcome.Found>(await SearchAsync("mysql", new LegacyQuery { Id = "2" }, reach)).Profile.Username);
        Assert.IsType<SearchOutcome.NotFound>(await SearchAsync("mysql", new LegacyQuery { Phone = "+1" }, reach));
        Assert.Equal(new CountOutcome.Counted(3), await CountAsync("mysql", reach));
    }

    [SkippableFact]
    public async Task WordPress_LoginOfEveryHash_SearchAndCount()
    {
        var reach = await PrepareAsync(
            $"""
            CREATE TABLE wp_users (ID bigint unsigned AUTO_INCREMENT PRIMARY KEY, user_login varchar(60) NOT NULL, user_pass varchar(255) NOT NULL, user_nicename varchar(50) NOT NULL DEFAULT '',
              user_email varchar(100) NOT NULL, user_url varchar(100) NOT NULL DEFAULT '', user_registered datetime NOT NULL DEFAULT '2020-01-01', user_status int NOT NULL DEFAULT 0, display_name varchar(250) NOT NULL);
            INSERT INTO wp_users (user_login, user_pass, user_email, display_name) VALUES
              ('phpass', '{Phpass}', 'phpass@example.com', 'P'), ('phpbb', '{PhpBb}', 'phpbb@example.com', 'H'), ('bcrypt', '{WordPress68}', 'Bcrypt@example.com', 'B'),
              ('md5', MD5('{FixturePassword}'), 'md5@example.com', 'M'), ('broken', 'x', 'broken@example.com', 'X')
            """);

        foreach (var name in new[] { "phpass", "phpbb", "bcrypt", "md5" })
        {
            var accepted = Assert.IsType<LoginOutcome.Accepted>(await LoginAsync("wordpress", new LegacyQuery { Email = $"{name}@example.com" }, FixturePassword, reach));
            Assert.Equal((name, false), (accepted.Profile.Username, accepted.Profile.EmailVerified));
            Assert.IsType<LoginOutcome.WrongPassword>(await LoginAsync("wordpress", new LegacyQuery { Username = name }, "other", reach));
        }

        Assert.IsType<LoginOutcome.WrongPassword>(await LoginAsync("wordpress", new LegacyQuery { Username = "broken" }, "x", reach));
        Assert.IsType<LoginOutcome.NoSuchUser>(await LoginAsync("wordpress", new LegacyQuery { Phone = "+1" }, "x", reach));
        Assert.Equal("3", Assert.IsType<SearchOutcome.Found>(await SearchAsync("wordpress", new LegacyQuery { Email = "bcrypt@example.com" }, reach)).Profile.Id);
        Assert.Equal(new CountOutcome.Counted(5), await CountAsync("wordpress", reach));
    }

    [SkippableTheory]
    [InlineData("users_field_data")]
    [InlineData("users")]
    public async Task Drupal_LoginOfEveryHash_SearchAndCount(string table)
    {
        var reach = await PrepareAsync(
            $"""
            CREATE TABLE {table} (uid int unsigned PRIMARY KEY, name varchar(60), pass varchar(255), mail varchar(254), status tinyint NOT NULL);
            INSERT INTO {table} VALUES (0, '', NULL, NULL, 0), (1, 'sha', '{DrupalHashOf(Password)}', 'sha@example.com', 1), (2, 'bcrypt', '{s_bcrypt.Replace("$2a$", "$2y$", StringComparison.Ordinal)}', 'bcrypt@example.com', 1), (3, 'off', '{s_bcrypt}', 'off@example.com', 0)
            """);

        foreach (var name in new[] { "sha", "bcrypt" })
        {
            Assert.Equal(name, Assert.IsType<LoginOutcome.Accepted>(await LoginAsync("drupal", new LegacyQuery { Email = $"{name}@example.com" }, Password, reach, Adapt)).Profile.Username);
            Assert.IsType<LoginOutcome.WrongPassword>(await LoginAsync("drupal", new LegacyQuery { Username = name }, "other", reach, Adapt));
        }

        Assert.IsType<LoginOutcome.Blocked>(await LoginAsync("drupal", new LegacyQuery { Username = "off" }, Password, reach, Adapt));
        Assert.IsType<LoginOutcome.NoSuchUser>(await LoginAsync("drupal", new LegacyQuery { Username = "" }, "", reach, Adapt));
        Assert.Equal("2", Assert.IsType<SearchOutcome.Found>(await SearchAsync("drupal", new LegacyQuery { Username = "bcrypt" }, reach, Adapt)).Profile.Id);
        Assert.Equal(new CountOutcome.Counted(3), await CountAsync("drupal", reach, Adapt));

        string Adapt(string source) => source.Replace("'users_field_data'", $"'{table}'", StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Laravel_LoginSearchAndCount()
    {
        var reach = await PrepareAsync(
            $"""
            CREATE TABLE users (id bigint unsigned PRIMARY KEY, name varchar(255), email varchar(255) UNIQUE, email_verified_at timestamp NULL, password varchar(255));
            INSERT INTO users VALUES (1, 'Ada', 'ada@example.com', '2024-01-02 03:04:05', '{s_bcrypt.Replace("$2a$", "$2y$", StringComparison.Ordinal)}'), (2, 'New', 'new@example.com', NULL, NULL)
            """);

        Assert.True(Assert.IsType<LoginOutcome.Accepted>(await LoginAsync("laravel", new LegacyQuery { Email = "Ada@example.com" }, Password, reach)).Profile.EmailVerified);
        Assert.IsType<LoginOutcome.WrongPassword>(await LoginAsync("laravel", new LegacyQuery { Email = "ada@example.com" }, "other", reach));
        Assert.IsType<LoginOutcome.WrongPassword>(await LoginAsync("laravel", new LegacyQuery { Email = "new@example.com" }, Password, reach));
        Assert.False(Assert.IsType<SearchOutcome.Found>(await SearchAsync("laravel", new LegacyQuery { Id = "2" }, reach)).Profile.EmailVerified);
        Assert.Equal(new CountOutcome.Counted(2), await CountAsync("laravel", reach));
    }

    [Theory]
    [InlineData(Phpass, FixturePassword, true)]
    [InlineData(PhpBb, FixturePassword, true)]
    [InlineData("$P$6QSm6nQe5wW.PP0xqWsdGOqLTrJBgL/", "Pässwörd-密码-🔑", true)]
    [InlineData("$H$6VQkfzSLZcvWVfDBbAsIgxzyfjLrQl.", "Pässwörd-密码-🔑", true)]
    [InlineData(Phpass, "other", false)]
    [InlineData("$P$", "x", false)]
    [InlineData("$P$!1/88Q97FJ/xo2pOePZwJd/tvzvhXR1", "x", false)]
    [InlineData("", "x", false)]
    public void Check_Hash_MatchesItsPassword(string hash, string password, bool expected) =>
        Assert.Equal(expected, PhpassHash.Check(password, hash, CancellationToken.None));

    [Fact]
    public async Task Phpass_OfHighCost_FitsTheProcessorLimit_AndHigherIsRefused()
    {
        Assert.Equal(
            "[false,false,\"ERR_OUT_OF_RANGE\"]",
            await host.AnswerAsync(
                """
                const { checkPassword, PasswordHash } = require('phpass');
                let refused;
                try { checkPassword('x', '$P$K1/88Q97FJ/xo2pOePZwJd/tvzvhXR1'.replace('$K', '$S')); } catch (error) { refused = error.code; }
                return [checkPassword('x', '$P$F1/88Q97FJ/xo2pOePZwJd/tvzvhXR1'), new PasswordHash(8, true).CheckPassword('x', '$P$D1/88Q97FJ/xo2pOePZwJd/tvzvhXR1'), refused];
                """));
    }

    /// <summary>Drupal's format built from the definition, independently of the code under test.</summary>
    internal static string DrupalHashOf(string password)
    {
        const string Alphabet = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        const string Setting = "$S$Dabcdefgh";
        var bytes = System.Text.Encoding.UTF8.GetBytes(password);
        var digest = System.Security.Cryptography.SHA512.HashData([.. System.Text.Encoding.UTF8.GetBytes("abcdefgh"), .. bytes]);
        for (var i = 0; i < 1 << 15; i++)
        {
            digest = System.Security.Cryptography.SHA512.HashData([.. digest, .. bytes]);
        }

        // The digest as one little-endian number in base 64, three bytes at a time.
        var text = new System.Text.StringBuilder(Setting);
        var bits = digest.Chunk(3).SelectMany(chunk => Enumerable.Range(0, chunk.Length + 1).Select(i => (chunk.Select((part, at) => part << (8 * at)).Sum() >> (6 * i)) & 0x3f));
        foreach (var value in bits)
        {
            text.Append(Alphabet[value]);
        }

        return text.ToString()[..55];
    }

    private async Task<Func<ScriptRunRequest, ScriptRunRequest>> PrepareAsync(string sql)
    {
        Skip.IfNot(MariaDbServer.IsAvailable(out var reason), reason);
        var database = $"templates{Guid.NewGuid():N}";
        var uri = await server.CreateDatabaseAsync(database);
        await server.ExecuteAsync(database, sql);
        return request => request with
        {
            Limits = new ScriptLimits(),
            Access = new LegacyAccess([server.HostAndPort], null, []),
            Variables = new Dictionary<string, string> { ["DB_CONNECTION_URI"] = uri },
        };
    }

    private static string SourceOf(string template, string function, Func<string, string>? adapt)
    {
        var source = ScriptTemplates.All.Single(each => each.Key == $"{template}/{function}").Source;
        return adapt?.Invoke(source) ?? source;
    }

    private async Task<LoginOutcome> LoginAsync(string template, LegacyQuery query, string password, Func<ScriptRunRequest, ScriptRunRequest> reach, Func<string, string>? adapt = null) =>
        host.Contract.ReadLogin(await host.Runner.RunAsync(reach(host.Login(SourceOf(template, "login", adapt)) with
        {
            ArgumentsJson = host.Contract.LoginArguments(query, password, new ScriptContext()),
        })));

    private async Task<SearchOutcome> SearchAsync(string template, LegacyQuery query, Func<ScriptRunRequest, ScriptRunRequest> reach, Func<string, string>? adapt = null) =>
        host.Contract.ReadSearch(await host.Runner.RunAsync(reach(host.Search(SourceOf(template, "searchUser", adapt), query))));

    private async Task<CountOutcome> CountAsync(string template, Func<ScriptRunRequest, ScriptRunRequest> reach, Func<string, string>? adapt = null) =>
        host.Contract.ReadCount(await host.Runner.RunAsync(reach(host.Count(SourceOf(template, "countUsers", adapt)))));
}
