using LazyMigrate.Core.Users;
using LazyMigrate.Web.Security;

namespace LazyMigrate.Tests.Users;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("12345678", "PasswordCommon")]
    [InlineData("Password", "PasswordCommon")]
    [InlineData("password123!", "PasswordCommon")]
    [InlineData("Summer2024", "PasswordCommon")]
    [InlineData("QWERTYUIOP", "PasswordCommon")]
    [InlineData("zzzzzzzzzzzz", "PasswordCommon")]
    [InlineData("ada@example.org", "PasswordIsIdentifier")]
    [InlineData("Ada.Lovelace", "PasswordIsIdentifier")]
    [InlineData("correct horse battery", null)]
    [InlineData("passwordless sea", null)]
    [InlineData("short", null)]
    public async Task Validate_SaysWhatIsWrong(string password, string? code)
    {
        var result = await new PasswordRules().ValidateAsync(null!, new AppUser { Email = "ada@example.org", UserName = "ada.lovelace" }, password);

        Assert.Equal(code, result.Errors.SingleOrDefault()?.Code);
    }

    [Theory]
    [InlineData(256, null)]
    [InlineData(257, "PasswordTooLong")]
    public async Task Validate_LongestIs256(int length, string? code)
    {
        var password = string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + (i % 26))));

        Assert.Equal(code, (await new PasswordRules().ValidateAsync(null!, new AppUser(), password)).Errors.SingleOrDefault()?.Code);
    }
}
