using System.Security.Cryptography;
using System.Text;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.Scripting.Templates;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Dialects;

[Collection(nameof(MariaDbCollection))]
public sealed class MySqlHabitTests(MariaDbServer server, ScriptHost host) : LegacyHabitTests(host)
{
    // The hash of WordPress was made for this password with passlib 1.7.4.
    private protected override string Password => "correct horse battery staple";

    public static TheoryData<string> Scripts => ScriptsIn("mysql");

    [SkippableTheory]
    [MemberData(nameof(Scripts))]
    public Task Login_OfAScript_TellsThemApart(string script) => AssertTellsThemApartAsync(script);

    private protected override async Task<(LegacyAccess Access, IReadOnlyDictionary<string, string> Variables)> PrepareAsync()
    {
        Skip.IfNot(MariaDbServer.IsAvailable(out var reason), reason);
        var bcrypt = BCrypt.Net.BCrypt.HashPassword(Password, 4);
        var django = $"pbkdf2_sha256$20000$seasalt${Convert.ToBase64String(Rfc2898DeriveBytes.Pbkdf2(Password, "seasalt"u8, 20_000, HashAlgorithmName.SHA256, 32))}";
        await server.ExecuteAsync(
            "legacy",
            $"""
            DROP TABLE IF EXISTS users, wp_users, wp_usermeta, drupal_users;
            CREATE TABLE users (id int PRIMARY KEY, email varchar(100), nickname varchar(50), password varchar(100), laravel varchar(100), devise varchar(100), django varchar(200), salt varchar(20), md5 varchar(40));
            INSERT INTO users VALUES (1, '{Email}', 'ada', '{bcrypt}', '{bcrypt.Replace("$2a$", "$2y$", StringComparison.Ordinal)}', '{BCrypt.Net.BCrypt.HashPassword(Password + "pepper", 4)}', '{django}', 'salt', '{Md5("salt" + Password)}');
            CREATE TABLE wp_users (ID bigint unsigned PRIMARY KEY, user_login varchar(60), user_pass varchar(255), user_email varchar(100), display_name varchar(250));
            INSERT INTO wp_users VALUES (1, 'ada', '$P$61/88Q97FJ/xo2pOePZwJd/tvzvhXR1', '{Email}', 'Ada');
            CREATE TABLE wp_usermeta (umeta_id bigint unsigned PRIMARY KEY, user_id bigint unsigned, meta_key varchar(255), meta_value longtext);
            INSERT INTO wp_usermeta VALUES (1, 1, 'first_name', 'Ada'), (2, 1, 'last_name', 'Lovelace');
            CREATE TABLE drupal_users (uid int unsigned PRIMARY KEY, name varchar(60), pass varchar(255), mail varchar(254));
            INSERT INTO drupal_users VALUES (1, 'ada', '{MySqlTemplatesTests.DrupalHashOf(Password)}', '{Email}')
            """);
        return (new LegacyAccess([server.HostAndPort], null, []), new Dictionary<string, string>
        {
            ["DB_CONNECTION_URI"] = server.ConnectionUri,
            ["DB_HOST"] = "127.0.0.1",
            ["DB_PORT"] = $"{server.Port}",
            ["DB_USERNAME"] = MariaDbServer.Username,
            ["DB_PASSWORD"] = MariaDbServer.Password,
            ["DB_DATABASE"] = "legacy",
            ["PEPPER"] = "pepper",
        });
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "Legacy databases are made of it.")]
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
}
