using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Core.Users;

namespace LazyMigrate.Tests.Users;

public sealed class LegacyProfileMapperTests
{
    private static readonly MappedOrigin s_origin = new(Guid.CreateVersion7(), Guid.CreateVersion7(), TrustsEmailVerified: true, PhoneRegion: null, DateTimeOffset.UnixEpoch);

    private static readonly LegacyProfile s_ada = new()
    {
        Id = "42",
        Email = " Ada@Example.com ",
        EmailVerified = true,
        Phone = "+49 30 901820",
        Username = "ADA",
        Name = "Ada Lovelace",
        CustomDataJson = """{"newsletter":true}""",
    };

    [Theory]
    [InlineData(IdentifierKind.Email, "ada@example.com")]
    [InlineData(IdentifierKind.Phone, "+4930901820")]
    [InlineData(IdentifierKind.UserName, "ada")]
    public void Map_ProfileOfWhoWasAskedFor_IsUsable(IdentifierKind kind, string canonical)
    {
        var mapped = LegacyProfileMapper.Map(s_ada, new UserIdentifier(kind, canonical), s_origin);

        Assert.True(mapped.IsUsable);
        Assert.Empty(mapped.Problems);
        var user = mapped.User;
        Assert.Equal(
            ("Ada@Example.com", "ada@example.com", true, "+4930901820", "+4930901820", "ADA", "ada"),
            (user.Email, user.NormalizedEmail, user.EmailConfirmed, user.PhoneNumber, user.NormalizedPhoneNumber, user.UserName, user.NormalizedUserName));
        Assert.Equal(
            (UserOrigin.Migrated, s_origin.CustomDatabaseId, s_origin.ScriptVersionId, "42", s_origin.Now, (DateTimeOffset?)s_origin.Now),
            (user.Origin, user.CustomDatabaseId, user.MigratedByVersionId, user.LegacyId, user.CreatedAt, user.MigratedAt));
        Assert.Equal(("Ada Lovelace", s_ada.CustomDataJson, false), (user.Name, user.CustomDataJson, user.IsDisabled));
        Assert.Null(user.PasswordHash);
    }

    [Theory]
    [InlineData(IdentifierKind.Email, "bob@example.com", "email")]
    [InlineData(IdentifierKind.Phone, "+4930901821", "phone")]
    [InlineData(IdentifierKind.UserName, "bob", "username")]
    public void Map_ProfileOfSomebodyElse_IsFatal(IdentifierKind kind, string canonical, string field)
    {
        // Row 12 of "Log in": a script that ignores what it was asked for must not sign a person in as another.
        var mapped = LegacyProfileMapper.Map(s_ada, new UserIdentifier(kind, canonical), s_origin);

        Assert.False(mapped.IsUsable);
        Assert.Equal(field, Assert.Single(mapped.Problems).Field);
    }

    [Fact]
    public void Map_IdentifierThatWasAskedForIsMissing_IsFatal()
    {
        var mapped = LegacyProfileMapper.Map(s_ada with { Username = null }, new UserIdentifier(IdentifierKind.UserName, "ada"), s_origin);

        Assert.False(mapped.IsUsable);
    }

    [Fact]
    public void Map_NoUsableIdentifier_IsFatal()
    {
        var profile = s_ada with { Email = "none", Phone = "0", Username = "a b" };

        var mapped = LegacyProfileMapper.Map(profile, asked: null, s_origin);

        Assert.False(mapped.IsUsable);
        Assert.Equal(["email", "phone", "username", "email"], mapped.Problems.Select(problem => problem.Field));
        Assert.Equal([false, false, false, true], mapped.Problems.Select(problem => problem.IsFatal));
    }

    [Fact]
    public void Map_OtherIdentifierIsUnusable_IsLeftOutAndNoted()
    {
        var mapped = LegacyProfileMapper.Map(s_ada with { Phone = "call me" }, new UserIdentifier(IdentifierKind.Email, "ada@example.com"), s_origin);

        Assert.True(mapped.IsUsable);
        Assert.Null(mapped.User.PhoneNumber);
        Assert.Equal("phone", Assert.Single(mapped.Problems).Field);
        Assert.DoesNotContain("call me", mapped.Problems[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public void Map_EmailVerified_CountsOnlyWhereTrusted(bool trusted, bool verified, bool confirmed)
    {
        var mapped = LegacyProfileMapper.Map(s_ada with { EmailVerified = verified }, asked: null, s_origin with { TrustsEmailVerified = trusted });

        Assert.Equal(confirmed, mapped.User.EmailConfirmed);
    }

    [Fact]
    public void Map_EmailVerifiedWithoutEmail_ConfirmsNothing()
    {
        var mapped = LegacyProfileMapper.Map(s_ada with { Email = null }, asked: null, s_origin);

        Assert.False(mapped.User.EmailConfirmed);
    }

    [Fact]
    public void Map_RolesAndBlocked_NoRoleIsTakenAndTheUserIsDisabled()
    {
        var mapped = LegacyProfileMapper.Map(s_ada with { Roles = ["owner"], Blocked = true }, asked: null, s_origin);

        Assert.True(mapped.IsUsable);
        Assert.True(mapped.User.IsDisabled);
        Assert.Equal("roles", Assert.Single(mapped.Problems).Field);
    }

    [Fact]
    public void Map_AllowedRoles_AreGivenUnderTheirNameHere()
    {
        var origin = s_origin with { AllowedRoles = [new("VIP", "vip"), new("Gold", "VIP"), new("customer", "customer"), new("admin", "owner")] };

        var mapped = LegacyProfileMapper.Map(s_ada with { Roles = ["vip", "Gold", " customer ", "admin", "secret role"] }, asked: null, origin);

        // Two legacy roles become one; a role of the console is never given, whatever the settings say.
        Assert.Equal(["vip", "customer"], mapped.Roles);
        Assert.Equal(["admin", "secret role"], mapped.DroppedRoles);
        var problem = Assert.Single(mapped.Problems);
        Assert.Equal(("roles", false), (problem.Field, problem.IsFatal));
        Assert.DoesNotContain("secret role", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Map_ManyRoles_AreCapped()
    {
        var names = Enumerable.Range(0, 80).Select(number => $"role{number}").ToList();
        var origin = s_origin with { AllowedRoles = [.. names.Select(name => new RoleMapping(name, name))] };

        var mapped = LegacyProfileMapper.Map(s_ada with { Roles = names }, asked: null, origin);

        Assert.Equal((RoleName.MostOfAUser, 30), (mapped.Roles.Count, mapped.DroppedRoles.Count));
    }

    [Fact]
    public void Map_NationalPhone_NeedsARegion()
    {
        var profile = s_ada with { Phone = "030 901820" };

        Assert.Null(LegacyProfileMapper.Map(profile, asked: null, s_origin).User.PhoneNumber);
        Assert.Equal("+4930901820", LegacyProfileMapper.Map(profile, asked: null, s_origin with { PhoneRegion = "DE" }).User.PhoneNumber);
    }
}
