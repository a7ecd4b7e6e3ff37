using System.Security.Cryptography;
using System.Text;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Dialects;

[Collection(nameof(PostgresCollection))]
public sealed class PostgresHabitTests(PostgresServer server, ScriptHost host) : LegacyHabitTests(host)
{
    public static TheoryData<string> Scripts => ScriptsIn("postgres");

    [SkippableTheory]
    [MemberData(nameof(Scripts))]
    public Task Login_OfAScript_TellsThemApart(string script) => AssertTellsThemApartAsync(script);

    private protected override async Task<(LegacyAccess Access, IReadOnlyDictionary<string, string> Variables)> PrepareAsync()
    {
        Skip.IfNot(PostgresServer.IsAvailable(out var reason), reason);
        var salt = Convert.ToBase64String("0123456789abcdef"u8);
        var hash = Convert.ToBase64String(Rfc2898DeriveBytes.Pbkdf2(Password, "0123456789abcdef"u8, 27_500, HashAlgorithmName.SHA256, 64));
        await server.ExecuteAsync(
            "postgres",
            $$"""
            DROP TABLE IF EXISTS users, user_entity, credential;
            CREATE TABLE users (id int, email text, nickname text, password text, salt text, sha1 text);
            INSERT INTO users VALUES (1, '{{Email}}', 'ada', '{{BCrypt.Net.BCrypt.HashPassword(Password, 4)}}', 'salt', '{{Sha1("salt" + Password)}}');
            CREATE TABLE user_entity (id text, email text, username text, enabled boolean);
            INSERT INTO user_entity VALUES ('f:1', '{{Email}}', 'ada', true);
            CREATE TABLE credential (user_id text, type text, secret_data text, credential_data text);
            INSERT INTO credential VALUES ('f:1', 'password', '{"value":"{{hash}}","salt":"{{salt}}"}', '{"hashIterations":27500,"algorithm":"pbkdf2-sha256"}')
            """);
        var uri = new Uri(server.ConnectionUri);
        var user = uri.UserInfo.Split(':').Select(Uri.UnescapeDataString).ToArray();
        return (new LegacyAccess([server.HostAndPort], null, []), new Dictionary<string, string>
        {
            ["DB_CONNECTION_URI"] = server.ConnectionUri,
            ["DB_HOST"] = uri.Host,
            ["DB_PORT"] = $"{uri.Port}",
            ["DB_USERNAME"] = user[0],
            ["DB_PASSWORD"] = user.ElementAtOrDefault(1) ?? "",
            ["DB_DATABASE"] = "postgres",
        });
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350", Justification = "Legacy databases are made of it.")]
    private static string Sha1(string text) => Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text)));
}
