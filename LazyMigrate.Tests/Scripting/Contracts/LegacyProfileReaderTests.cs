using System.Text.Json;
using LazyMigrate.Core.Scripting.Contracts;

namespace LazyMigrate.Tests.Scripting.Contracts;

public sealed class LegacyProfileReaderTests
{
    [Fact]
    public void Read_AuthingNames_AllMap()
    {
        var (profile, problems) = Read(
            """
            {"id":"u1","email":"ada@example.com","emailVerified":true,"phone":"+4915112345678","phoneVerified":true,"username":"ada","name":"Ada L","nickname":"A",
             "givenName":"Ada","familyName":"Lovelace","photo":"https://x/p.png","gender":"F","birthdate":"1815-12-10","locale":"en","zoneinfo":"Europe/London",
             "address":"London","company":"Analytical","website":"https://x","blocked":false,"loginsCount":3,"lastLogin":"2024-01-02T03:04:05Z","signedUp":1700000000000,
             "roles":["admin","user","admin"],"customData":{"plan":"gold"},"app_metadata":{"level":2},"favourite":"blue"}
            """);

        Assert.Empty(problems);
        Assert.Equal(
            new LegacyProfile
            {
                Id = "u1",
                Email = "ada@example.com",
                EmailVerified = true,
                Phone = "+4915112345678",
                PhoneVerified = true,
                Username = "ada",
                Name = "Ada L",
                Nickname = "A",
                GivenName = "Ada",
                FamilyName = "Lovelace",
                Picture = "https://x/p.png",
                Gender = "F",
                Birthdate = "1815-12-10",
                Locale = "en",
                ZoneInfo = "Europe/London",
                Address = "London",
                Company = "Analytical",
                Website = "https://x",
                LoginsCount = 3,
                LastLogin = new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.Zero),
                SignedUp = DateTimeOffset.FromUnixTimeMilliseconds(1700000000000),
                Roles = profile!.Roles,
                CustomDataJson = """{"plan":"gold","favourite":"blue"}""",
                AppMetadataJson = """{"level":2}""",
            },
            profile);
        Assert.Equal(["admin", "user"], profile.Roles);
    }

    [Fact]
    public void Read_Auth0Names_AllMap()
    {
        var (profile, problems) = Read(
            """
            {"user_id":42,"email":"a@b.c","email_verified":1,"phone_number":"+1","phone_verified":"t","given_name":"G","family_name":"F","picture":"P",
             "logins_count":"7","last_login":"2024-01-02 03:04:05","created_at":"2020-05-06","user_metadata":{"a":1,"b":1},"customData":{"b":2},"metadata":{"m":1}}
            """);

        Assert.Empty(problems);
        Assert.Equal(
            new LegacyProfile
            {
                Id = "42",
                Email = "a@b.c",
                EmailVerified = true,
                Phone = "+1",
                PhoneVerified = true,
                GivenName = "G",
                FamilyName = "F",
                Picture = "P",
                LoginsCount = 7,
                LastLogin = new DateTimeOffset(2024, 1, 2, 3, 4, 5, TimeSpan.Zero),
                SignedUp = new DateTimeOffset(2020, 5, 6, 0, 0, 0, TimeSpan.Zero),
                Roles = profile!.Roles,
                CustomDataJson = """{"a":1,"b":2}""",
                AppMetadataJson = """{"m":1}""",
            },
            profile);
    }

    [Theory]
    [InlineData("""{"email":"a@b.c"}""", "id")]
    [InlineData("""{"id":null,"email":"a@b.c"}""", "id")]
    [InlineData("""{"id":"","email":"a@b.c"}""", "id")]
    [InlineData("""{"id":"  ","email":"a@b.c"}""", "id")]
    [InlineData("""{"id":1.5,"email":"a@b.c"}""", "id")]
    [InlineData("""{"id":9007199254740993,"email":"a@b.c"}""", "id")]
    [InlineData("""{"id":true,"email":"a@b.c"}""", "id")]
    [InlineData("""{"user_id":{},"email":"a@b.c"}""", "user_id")]
    [InlineData("""{"id":1}""", "email")]
    [InlineData("""{"id":1,"email":null,"username":""}""", "email")]
    [InlineData("""{"id":1,"email":["a@b.c"]}""", "email")]
    [InlineData("""{"id":1,"email":"a@b.c","username":{}}""", "username")]
    [InlineData("""{"id":1,"phone_number":false}""", "phone_number")]
    [InlineData("""{"id":1,"email":"a\u0000@b.c"}""", "email")]
    [InlineData("""{"id":1,"email":"a@b.c","blocked":"perhaps"}""", "blocked")]
    [InlineData("""{"id":1,"email":"a@b.c","blocked":2}""", "blocked")]
    public void Read_ProfileOfNobody_HasAFatalProblem(string json, string field)
    {
        var (profile, problems) = Read(json);

        Assert.Null(profile);
        Assert.Equal(field, Assert.Single(problems, problem => problem.IsFatal).Field);
    }

    [Fact]
    public void Read_OverLongIdentifiers_AreFatal()
    {
        var (profile, problems) = Read(JsonSerializer.Serialize(new
        {
            id = new string('i', 257),
            email = new string('e', 321),
            phone = new string('1', 33),
            username = new string('u', 257),
        }));

        Assert.Null(profile);
        Assert.Equal(["id", "email", "phone", "username"], problems.Where(problem => problem.IsFatal).Select(problem => problem.Field));
    }

    [Theory]
    [InlineData("name", "{}")]
    [InlineData("nickname", "[]")]
    [InlineData("locale", "\"a locale that is far longer than any locale is\"")]
    [InlineData("emailVerified", "\"maybe\"")]
    [InlineData("phone_verified", "5")]
    [InlineData("loginsCount", "-1")]
    [InlineData("lastLogin", "\"yesterday\"")]
    [InlineData("signedUp", "1e300")]
    [InlineData("lastLogin", "{}")]
    [InlineData("roles", "[1]")]
    [InlineData("roles", "{}")]
    [InlineData("customData", "5")]
    [InlineData("app_metadata", "[]")]
    [InlineData("mfa_factors", "[{\"phone\":{\"value\":\"+4930901820\"}}]")]
    public void Read_BadFieldThatNobodyNeeds_IsDroppedWithANote(string field, string value)
    {
        var (profile, problems) = Read($$"""{"id":1,"email":"a@b.c","{{field}}":{{value}}}""");

        Assert.NotNull(profile);
        Assert.Equal((field, false), (Assert.Single(problems).Field, problems[0].IsFatal));
        Assert.Null(profile.CustomDataJson);
        Assert.Null(profile.AppMetadataJson);
    }

    [Fact]
    public void Read_FieldsWhoseValueIsAMaskedSecret_AreDroppedAndNamed()
    {
        // What the runner leaves of an answer that has the log-in's password in it.
        var (profile, problems) = Read(
            """{"id":1,"email":"a@b.c","nickname":"***","name":"is ***","address":{"formatted":"***"},"roles":["***","user"],"plan":"***","customData":{"deep":{"hint":"***","list":["***","kept"],"***":1}},"app_metadata":{"pin":"***"}}""");

        Assert.Equal(["user"], profile!.Roles);
        Assert.Equal(
            (null, "is ***", null, """{"deep":{"list":["kept"]}}""", null),
            (profile.Nickname, profile.Name, profile.Address, profile.CustomDataJson, profile.AppMetadataJson));
        Assert.Equal(
            ["address", "deep.***", "deep.hint", "deep.list", "nickname", "pin", "plan", "roles"],
            problems.Select(problem => problem.Field).Order(StringComparer.Ordinal));
        Assert.All(problems.Where(problem => problem.Field != "address"), problem => Assert.Equal($"`{problem.Field}` looks like a secret and was dropped.", problem.Message));
    }

    [Fact]
    public void Read_FieldsThatLookLikeSecrets_AreDroppedAndNamedWithoutTheirValue()
    {
        var (profile, problems) = Read(
            """{"id":1,"email":"a@b.c","password":"s3cret","Password_Hash":"s3cret","salt":"s3cret","apiToken":"s3cret","plan":"gold","customData":{"deep":{"hashed":"s3cret","list":[{"token":"s3cret","ok":1}]}},"app_metadata":{"resetToken":"s3cret"}}""");

        Assert.Equal("""{"deep":{"list":[{"ok":1}]},"plan":"gold"}""", profile!.CustomDataJson);
        Assert.Null(profile.AppMetadataJson);
        Assert.Equal(
            ["Password_Hash", "apiToken", "deep.hashed", "deep.list.token", "password", "resetToken", "salt"],
            problems.Select(problem => problem.Field).Order(StringComparer.Ordinal));
        Assert.All(problems, problem => Assert.DoesNotContain("s3cret", problem.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_TooMuchCustomData_IsDroppedWithANote()
    {
        var (profile, problems) = Read(JsonSerializer.Serialize(new { id = 1, email = "a@b.c", big = new string('x', 70_000) }));

        Assert.Null(profile!.CustomDataJson);
        Assert.Equal("customData", Assert.Single(problems).Field);
    }

    [Fact]
    public void Read_AddressObject_GivesItsFormattedText()
    {
        var (profile, problems) = Read("""{"id":1,"email":"a@b.c","address":{"formatted":"1 Road\nLondon","locality":"London"}}""");

        Assert.Empty(problems);
        Assert.Equal("1 Road\nLondon", profile!.Address);
    }

    private static (LegacyProfile? Profile, IReadOnlyList<ProfileProblem> Problems) Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var (profile, problems, _) = LegacyProfileReader.Read(document.RootElement);
        return (profile, problems);
    }
}
