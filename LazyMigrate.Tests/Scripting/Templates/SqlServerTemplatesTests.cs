using System.Security.Cryptography;
using System.Text;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Core.Scripting.Templates;
using LazyMigrate.Tests.TestServices;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace LazyMigrate.Tests.Scripting.Templates;

/// <summary>The starter scripts for SQL Server, and the structure of Auth0's own, against tables as their comments describe them.</summary>
public sealed class SqlServerTemplatesTests(SqlServerTestTarget server, ScriptHost host)
    : IClassFixture<SqlServerTestTarget>, IClassFixture<ScriptHost>, IAsyncLifetime
{
    private const string Password = "opensesame";
    private const string Guid1 = "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11";

    // SQLite compares cases unless told not to; SQL Server's usual collations do not.
    private string Text => server.StandIn is null ? "nvarchar(256)" : "nvarchar(256) COLLATE NOCASE";

    public async Task InitializeAsync()
    {
        var bcrypt = BCrypt.Net.BCrypt.HashPassword(Password, 4);
        await server.ExecuteAsync("DROP TABLE IF EXISTS users; DROP TABLE IF EXISTS AspNetUsers; DROP TABLE IF EXISTS aspnet_Membership; DROP TABLE IF EXISTS aspnet_Users");
        await server.ExecuteAsync($"CREATE TABLE users (id int NOT NULL PRIMARY KEY, email {Text}, phone nvarchar(50), username {Text}, name nvarchar(100), password_hash varchar(100), email_verified bit, blocked bit)");
        await server.ExecuteAsync($"INSERT INTO users VALUES (1, 'Ada@Example.com', '+4915112345678', 'ada', 'Ada', '{bcrypt}', 1, 0), (2, 'grace@example.com', NULL, 'grace', 'Grace', '{bcrypt}', 0, 1), (3, 'new@example.com', NULL, 'new', 'New', NULL, 0, 0)");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task SqlServer_Login_TellsTheOutcomesApart()
    {
        var accepted = Assert.IsType<LoginOutcome.Accepted>(await LoginAsync("sqlserver", new LegacyQuery { Email = "ada@example.com" }));
        Assert.Equal(("1", "Ada@Example.com", true, "+4915112345678", "ada", "Ada"), (accepted.Profile.Id, accepted.Profile.Email, accepted.Profile.EmailVerified, accepted.Profile.Phone, accepted.Profile.Username, accepted.Profile.Name));
        Assert.Empty(accepted.Notes);
        Assert.IsType<LoginOutcome.Accepted>(await LoginAsync("sqlserver", new LegacyQuery { Phone = "+4915112345678" }));
        Assert.IsType<LoginOutcome.WrongPassword>(await LoginAsync("sqlserver", new LegacyQuery { Email = "ada@example.com" }, "other"));
        Assert.IsType<LoginOutcome.WrongPassword>(await LoginAsync("sqlserver", new LegacyQuery { Email = "new@example.com" }));
        Assert.IsType<LoginOutcome.NoSuchUser>(await LoginAsync("sqlserver", new LegacyQuery { Email = "nobody@example.com" }));
        Assert.IsType<LoginOutcome.NoSuchUser>(await LoginAsync("sqlserver", new LegacyQuery { Username = "' OR 1=1 --" }));
        Assert.Equal("2", Assert.IsType<LoginOutcome.Blocked>(await LoginAsync("sqlserver", new LegacyQuery { Username = "grace" })).Profile!.Id);
    }

    [Fact]
    public async Task SqlServer_SearchAndCount_FindAndCount()
    {
        Assert.Equal("1", Assert.IsType<SearchOutcome.Found>(await SearchAsync("sqlserver", new LegacyQuery { Email = "ada@example.com" })).Profile.Id);
        Assert.Equal("grace", Assert.IsType<SearchOutcome.Found>(await SearchAsync("sqlserver", new LegacyQuery { Id = "2" })).Profile.Username);
        Assert.IsType<SearchOutcome.NotFound>(await SearchAsync("sqlserver", new LegacyQuery { Phone = "+1" }));
        Assert.Equal(new CountOutcome.Counted(3), await CountAsync("sqlserver"));
    }

    public static TheoryData<PasswordHasherCompatibilityMode, int> Hashers => new()
    {
        { PasswordHasherCompatibilityMode.IdentityV2, 0 },
        { PasswordHasherCompatibilityMode.IdentityV3, 10_000 },
        { PasswordHasherCompatibilityMode.IdentityV3, 100_000 },
    };

    [Theory]
    [MemberData(nameof(Hashers))]
    public async Task AspNetIdentity_ChecksIdentitysOwnHashes(PasswordHasherCompatibilityMode mode, int rounds)
    {
        var options = new PasswordHasherOptions { CompatibilityMode = mode };
        options.IterationCount = rounds == 0 ? options.IterationCount : rounds;
        await PrepareIdentityAsync(new PasswordHasher<object>(Options.Create(options)).HashPassword(new object(), Password));

        var accepted = Assert.IsType<LoginOutcome.Accepted>(await LoginAsync("aspnetidentity", new LegacyQuery { Email = "ada@example.com" }));
        Assert.Equal((Guid1, "Ada@Example.com", true, "Ada"), (accepted.Profile.Id, accepted.Profile.Email, accepted.Profile.EmailVerified, accepted.Profile.Username));
        Assert.IsType<LoginOutcome.WrongPassword>(await LoginAsync("aspnetidentity", new LegacyQuery { Username = "ada" }, "other"));
        Assert.IsType<LoginOutcome.NoSuchUser>(await LoginAsync("aspnetidentity", new LegacyQuery { Username = "nobody" }));
    }

    [Fact]
    public async Task AspNetIdentity_OtherAlgorithmsLocksAndUnknownHashes()
    {
        // As PasswordHasher wrote it with HMAC-SHA256, the default of ASP.NET Core before 7.
        byte[] salt = [.. Enumerable.Range(1, 16).Select(i => (byte)i)];
        byte[] hash = [1, 0, 0, 0, 1, 0, 0, 0x27, 0x10, 0, 0, 0, 16, .. salt, .. Rfc2898DeriveBytes.Pbkdf2(Password, salt, 10_000, HashAlgorithmName.SHA256, 32)];
        await PrepareIdentityAsync(Convert.ToBase64String(hash));
        Assert.Equal(PasswordVerificationResult.SuccessRehashNeeded, new PasswordHasher<object>().VerifyHashedPassword(new object(), Convert.ToBase64String(hash), Password));
        Assert.IsType<LoginOutcome.Accepted>(await LoginAsync("aspnetidentity", new LegacyQuery { Email = "ada@example.com" }));

        await server.ExecuteAsync("UPDATE AspNetUsers SET LockoutEnd = '9999-12-31 23:59:59 +00:00'");
        Assert.IsType<LoginOutcome.Blocked>(await LoginAsync("aspnetidentity", new LegacyQuery { Email = "ada@example.com" }));

        await server.ExecuteAsync("UPDATE AspNetUsers SET PasswordHash = 'bm90IGEgaGFzaA=='");
        Assert.IsType<LoginOutcome.Failed>(await LoginAsync("aspnetidentity", new LegacyQuery { Email = "ada@example.com" }));
        Assert.Equal("Ada", Assert.IsType<SearchOutcome.Found>(await SearchAsync("aspnetidentity", new LegacyQuery { Id = Guid1 })).Profile.Username);
        Assert.Equal(new CountOutcome.Counted(1), await CountAsync("aspnetidentity"));
    }

    public static TheoryData<int, string> MembershipHashes
    {
        get
        {
            byte[] salt = [.. Enumerable.Range(7, 16).Select(i => (byte)i)];
            byte[] password = Encoding.Unicode.GetBytes(Password);
            byte[] key = [.. salt, .. salt, .. salt, .. salt];
            return new TheoryData<int, string>
            {
                { 0, Password },
#pragma warning disable CA5350 // What the old provider did is what is checked.
                { 1, Convert.ToBase64String(SHA1.HashData([.. salt, .. password])) },
#pragma warning restore CA5350
                { 1, Convert.ToBase64String(SHA256.HashData([.. salt, .. password])) },
                { 1, Convert.ToBase64String(HMACSHA256.HashData(key, password)) },
            };
        }
    }

    [Theory]
    [MemberData(nameof(MembershipHashes))]
    public async Task AspNetMembership_ChecksItsFormats(int format, string stored)
    {
        await PrepareMembershipAsync(format, stored);

        var accepted = Assert.IsType<LoginOutcome.Accepted>(await LoginAsync("aspnetmembership", new LegacyQuery { Email = "ada@example.com" }));
        Assert.Equal((Guid1, "Ada@Example.com", "Ada"), (accepted.Profile.Id, accepted.Profile.Email, accepted.Profile.Username));
        Assert.IsType<LoginOutcome.WrongPassword>(await LoginAsync("aspnetmembership", new LegacyQuery { Username = "ADA" }, "other"));
        Assert.IsType<LoginOutcome.NoSuchUser>(await LoginAsync("aspnetmembership", new LegacyQuery { Username = "nobody" }));
        Assert.Equal(Guid1, Assert.IsType<SearchOutcome.Found>(await SearchAsync("aspnetmembership", new LegacyQuery { Id = Guid1 })).Profile.Id);
        Assert.Equal(new CountOutcome.Counted(1), await CountAsync("aspnetmembership"));
    }

    [Fact]
    public async Task AspNetMembership_Encrypted_FailsAndSaysWhy()
    {
        await PrepareMembershipAsync(2, "c2VjcmV0");

        var failed = Assert.IsType<LoginOutcome.Failed>(await LoginAsync("aspnetmembership", new LegacyQuery { Email = "ada@example.com" }));
        Assert.Contains("machine key", failed.Failure.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Auth0Scripts => new()
    {
        // The parts that Auth0's documentation of its SQL Server template is made of, with the global `sqlserver`.
        {
            "global",
            """
            function login(email, password, callback) {
              var bcrypt = require('bcrypt');
              var connection = sqlserver.connect({ userName: configuration.DB_USERNAME, password: configuration.DB_PASSWORD, server: configuration.DB_HOST,
                options: { database: configuration.DB_DATABASE, port: Number(configuration.DB_PORT), rowCollectionOnRequestCompletion: true } });
              connection.on('debug', function (text) { console.log(text); })
                .on('errorMessage', function (text) { console.log(JSON.stringify(text, null, 2)); })
                .on('infoMessage', function (text) { console.log(JSON.stringify(text, null, 2)); });
              connection.on('connect', function (err) {
                if (err) return callback(err);
                var request = new sqlserver.Request('SELECT id, name, email, password_hash FROM dbo.users WHERE email = @Email', function (err, rowCount, rows) {
                  if (err) { callback(new Error(err)); }
                  else if (rowCount < 1) { callback(new WrongUsernameOrPasswordError(email)); }
                  else {
                    bcrypt.compare(password, rows[0][3].value, function (err, isValid) {
                      if (err) { callback(new Error(err)); }
                      else if (!isValid) { callback(new WrongUsernameOrPasswordError(email)); }
                      else { callback(null, { user_id: rows[0][0].value, nickname: rows[0][1].value, email: rows[0][2].value }); }
                    });
                  }
                });
                request.addParameter('Email', sqlserver.Types.VarChar, email);
                connection.execSql(request);
              });
            }
            """
        },
        // The same with tedious by version, which connects by itself and was given no option to collect rows.
        {
            "version",
            """
            function login(identifierValue, password, callback) {
              const bcrypt = require('bcrypt');
              const sqlserver = require('tedious@1.11.0');
              const Connection = sqlserver.Connection, Request = sqlserver.Request, TYPES = sqlserver.TYPES;
              const connection = new Connection({ userName: configuration.DB_USERNAME, password: configuration.DB_PASSWORD, server: configuration.DB_HOST,
                options: { database: configuration.DB_DATABASE, port: Number(configuration.DB_PORT) } });
              connection.on('debug', function (text) { console.log(text); }).on('errorMessage', function (text) { console.log(JSON.stringify(text, null, 2)); });
              connection.on('connect', function (err) {
                if (err) return callback(err);
                const request = new Request('SELECT id, name, email, password_hash FROM dbo.users WHERE email = @Email', function (err, rowCount, rows) {
                  if (err || rowCount < 1) return callback(err || new WrongUsernameOrPasswordError(identifierValue));
                  bcrypt.compare(password, rows[0][3].value, function (err, isValid) {
                    if (err || !isValid) return callback(err || new WrongUsernameOrPasswordError(identifierValue));
                    callback(null, { user_id: rows[0][0].value, nickname: rows[0][1].value, email: rows[0][2].value });
                  });
                });
                request.addParameter('Email', TYPES.VarChar, identifierValue);
                connection.execSql(request);
              });
            }
            """
        },
        // Fields by name in the event `row`, as in the templates for ASP.NET's membership.
        {
            "names",
            """
            function login(email, password, callback) {
              const bcrypt = require('bcrypt');
              const { Connection, Request, TYPES } = require('tedious@1.11.0');
              const connection = new Connection({ userName: configuration.DB_USERNAME, password: configuration.DB_PASSWORD, server: configuration.DB_HOST, options: { database: configuration.DB_DATABASE, port: Number(configuration.DB_PORT) } });
              connection.on('connect', function (err) {
                if (err) return callback(err);
                getUser(email, function (err, user) {
                  if (err || !user) return callback(err || new WrongUsernameOrPasswordError(email));
                  bcrypt.compare(password, user.password, function (err, isValid) {
                    if (err || !isValid) return callback(err || new WrongUsernameOrPasswordError(email));
                    return callback(null, user.profile);
                  });
                });
              });
              function getUser(name, done) {
                var user = null;
                const query = new Request('SELECT id, name, email, password_hash FROM users WHERE email = @Username OR username = @Username', function (err, rowCount) {
                  if (err || rowCount < 1) return done(err);
                  done(err, user);
                });
                query.addParameter('Username', TYPES.VarChar, name);
                query.on('row', function (fields) { user = { profile: { user_id: fields.id.value, nickname: fields.name.value, email: fields.email.value }, password: fields.password_hash.value }; });
                connection.execSql(query);
              }
            }
            """
        },
        // tedious of today.
        {
            "modern",
            """
            function login(email, password, callback) {
              const { Connection, Request, TYPES } = require('tedious');
              const bcrypt = require('bcrypt');
              const connection = new Connection({ server: configuration.DB_HOST, authentication: { type: 'default', options: { userName: configuration.DB_USERNAME, password: configuration.DB_PASSWORD } },
                options: { database: configuration.DB_DATABASE, port: Number(configuration.DB_PORT), encrypt: false, useColumnNames: true, rowCollectionOnRequestCompletion: true } });
              connection.connect((error) => {
                if (error) return callback(error);
                const request = new Request('SELECT TOP 1 id, name, email, password_hash FROM users WHERE email = @email', async (failed, count, rows) => {
                  connection.close();
                  if (failed) return callback(failed);
                  if (count === 0 || !(await bcrypt.compare(password, rows[0].password_hash.value))) return callback(new WrongUsernameOrPasswordError(email));
                  callback(null, { user_id: rows[0].id.value, nickname: rows[0].name.value, email: rows[0].email.value });
                });
                request.addParameter('email', TYPES.NVarChar, email);
                connection.execSql(request);
              });
            }
            """
        },
    };

    [Theory]
    [MemberData(nameof(Auth0Scripts))]
    public async Task Auth0Script_OfPublishedStructure_RunsUnmodified(string name, string source)
    {
        Assert.NotEmpty(name);
        var accepted = Assert.IsType<LoginOutcome.Accepted>(await RunAuth0Async(source, Password));
        Assert.Equal(("1", "Ada@Example.com", "Ada"), (accepted.Profile.Id, accepted.Profile.Email, accepted.Profile.Nickname));
        Assert.IsType<LoginOutcome.WrongPassword>(await RunAuth0Async(source, "other"));
        Assert.IsType<LoginOutcome.Failed>(await RunAuth0Async(source.Replace("users WHERE", "nowhere WHERE", StringComparison.Ordinal), Password));
    }

    private async Task<LoginOutcome> RunAuth0Async(string source, string password)
    {
        var contract = host.Contracts.For(ScriptKind.Login, source);
        Assert.Equal(ScriptDialect.Auth0, contract.Dialect);
        return contract.ReadLogin(await host.Runner.RunAsync(Reach(host.LoginOfAnyDialect(source)) with
        {
            ArgumentsJson = contract.LoginArguments(new LegacyQuery { Email = "ada@example.com" }, password, new ScriptContext()),
        }));
    }

    private async Task PrepareIdentityAsync(string hash)
    {
        await server.ExecuteAsync("DROP TABLE IF EXISTS AspNetUsers");
        await server.ExecuteAsync("CREATE TABLE AspNetUsers (Id nvarchar(450) NOT NULL PRIMARY KEY, UserName nvarchar(256), NormalizedUserName nvarchar(256), Email nvarchar(256), NormalizedEmail nvarchar(256), EmailConfirmed bit NOT NULL, PasswordHash nvarchar(max), PhoneNumber nvarchar(max), PhoneNumberConfirmed bit NOT NULL, LockoutEnd datetimeoffset(7), LockoutEnabled bit NOT NULL)");
        await server.ExecuteAsync($"INSERT INTO AspNetUsers VALUES ('{Guid1}', 'Ada', 'ADA', 'Ada@Example.com', 'ADA@EXAMPLE.COM', 1, '{hash}', NULL, 0, NULL, 1)");
    }

    private async Task PrepareMembershipAsync(int format, string stored)
    {
        byte[] salt = [.. Enumerable.Range(7, 16).Select(i => (byte)i)];
        await server.ExecuteAsync("CREATE TABLE aspnet_Users (UserId uniqueidentifier NOT NULL PRIMARY KEY, UserName nvarchar(256), LoweredUserName nvarchar(256))");
        await server.ExecuteAsync("CREATE TABLE aspnet_Membership (UserId uniqueidentifier NOT NULL PRIMARY KEY, Email nvarchar(256), LoweredEmail nvarchar(256), Password nvarchar(128) NOT NULL, PasswordFormat int NOT NULL, PasswordSalt nvarchar(128) NOT NULL, IsApproved bit NOT NULL, IsLockedOut bit NOT NULL)");
        await server.ExecuteAsync($"INSERT INTO aspnet_Users VALUES ('{Guid1}', 'Ada', 'ada'); INSERT INTO aspnet_Membership VALUES ('{Guid1}', 'Ada@Example.com', 'ada@example.com', '{stored}', {format}, '{Convert.ToBase64String(salt)}', 1, 0)");
    }

    private static string Source(string folder, ScriptKind kind) =>
        ScriptTemplates.All.Single(template => template.Key.StartsWith($"{folder}/", StringComparison.Ordinal) && template.Kind == kind).Source;

    private async Task<LoginOutcome> LoginAsync(string folder, LegacyQuery query, string password = Password) =>
        host.Contract.ReadLogin(await host.Runner.RunAsync(Reach(host.Login(Source(folder, ScriptKind.Login))) with
        {
            ArgumentsJson = host.Contract.LoginArguments(query, password, new ScriptContext()),
        }));

    private async Task<SearchOutcome> SearchAsync(string folder, LegacyQuery query) =>
        host.Contract.ReadSearch(await host.Runner.RunAsync(Reach(host.Search(Source(folder, ScriptKind.SearchUser), query))));

    private async Task<CountOutcome> CountAsync(string folder) =>
        host.Contract.ReadCount(await host.Runner.RunAsync(Reach(host.Count(Source(folder, ScriptKind.CountUsers)))));

    private ScriptRunRequest Reach(ScriptRunRequest request) => request with
    {
        Limits = new ScriptLimits(),
        Access = new LegacyAccess([server.HostAndPort], null, []),
        Variables = server.Variables,
    };
}
