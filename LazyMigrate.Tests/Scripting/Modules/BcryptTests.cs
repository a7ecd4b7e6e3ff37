using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Modules.Bcrypt;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Modules;

public class BcryptTests(ScriptHost host) : IClassFixture<ScriptHost>
{
    // From John the Ripper's and OpenBSD's test vectors: "U*U" and a password of more than 72 bytes.
    private const string Known = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
    private const string Long = "$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui";

    [Theory]
    [InlineData("await b.compare('U*U', h)", "true")]
    [InlineData("await b.compare('U*V', h)", "false")]
    [InlineData("b.compareSync('U*U', h)", "true")]
    [InlineData("b.compareSync('U*U', h.replace('$2a', '$2b'))", "true")]
    [InlineData("b.compareSync('U*U', h.replace('$2a', '$2y'))", "true")]
    [InlineData("b.compareSync('U*U', h.slice(0, -1))", "false")]
    [InlineData("b.compareSync('U*U', 'nonsense')", "false")]
    [InlineData("b.compareSync('U*U', '')", "false")]
    [InlineData("b.compareSync(Buffer.from('U*U'), h)", "true")]
    [InlineData("await new Promise((resolve, reject) => b.compare('U*U', h, (error, same) => error ? reject(error) : resolve(same)))", "true")]
    [InlineData("b.getRounds(h)", "5")]
    [InlineData("b.compareSync('0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789' + 'chars after 72 are ignored', l)", "true")]
    [InlineData("b.compareSync('0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', l)", "true")]
    [InlineData("b.compareSync('0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ012345678', l)", "false")]
    [InlineData("b.compareSync('ü€😀', b.hashSync('ü€😀', 4))", "true")]
    [InlineData("/^\\$2b\\$04\\$.{53}$/.test(await b.hash('x', 4))", "true")]
    [InlineData("/^\\$2b\\$10\\$/.test(b.hashSync('x'))", "true")]
    [InlineData("b.hashSync('U*U', h.slice(0, 29)) === h", "true")]
    [InlineData("/^\\$2b\\$06\\$.{22}$/.test(b.genSaltSync(6)) && /^\\$2a\\$04\\$/.test(await b.genSalt(1, 'a'))", "true")]
    [InlineData("await new Promise((resolve) => b.genSalt(4, (error, salt) => b.hash('x', salt, (error, hash) => resolve(b.compareSync('x', hash)))))", "true")]
    [InlineData("require('bcryptjs').compareSync('U*U', h) && b.default === b", "true")]
    public async Task Result_IsAsInTheNpmPackage(string expression, string expected)
    {
        Assert.Equal(expected, await host.AnswerAsync($"const b = require('bcrypt'), h = '{Known}', l = '{Long}'; return {expression};"));
    }

    [Theory]
    [InlineData("await b.compare('x', null)", "ERR_INVALID_ARG_TYPE")]
    [InlineData("b.compareSync(undefined, h)", "ERR_INVALID_ARG_TYPE")]
    [InlineData("await b.hash(5, 4)", "ERR_INVALID_ARG_TYPE")]
    [InlineData("await b.hash('x', 'nonsense')", "ERR_INVALID_ARG_VALUE")]
    [InlineData("b.hashSync('x', 15)", "ERR_OUT_OF_RANGE")]
    [InlineData("b.genSaltSync(31)", "ERR_OUT_OF_RANGE")]
    [InlineData("await b.compare('x', h.replace('$05', '$15'))", "ERR_OUT_OF_RANGE")]
    [InlineData("b.getRounds('nonsense')", "ERR_INVALID_ARG_VALUE")]
    public async Task Failure_IsAModulesFailure(string expression, string code)
    {
        var result = await host.RunBodyAsync($"const b = require('bcrypt'), h = '{Known}'; {expression};");

        var error = Assert.IsType<ScriptCompletion.Threw>(result.Completion).Error;
        Assert.Equal((code, true), (error.Code, error.ModuleCallFailed));
        Assert.Empty(result.ModuleCalls);
    }

    [Fact]
    public async Task Hash_FloodOfCalls_IsBounded()
    {
        var result = await host.RunBodyAsync(
            "const b = require('bcrypt'); await Promise.all(Array.from({ length: 200 }, () => b.hash('x', 4)));",
            request => request with { Limits = new ScriptLimits() });

        Assert.Equal("E2BIG", Assert.IsType<ScriptCompletion.Threw>(result.Completion).Error.Code);
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("opensesame")]
    [InlineData("ünïcödé 密码 🔑")]
    [InlineData("\uffff\ufffe")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef01234567-72")]
    public void SystemBcrypt_EveryVersion_IsAsTheManagedOne(string password)
    {
        Skip.IfNot(SystemBcrypt.IsAvailable, "There is no libcrypt.so.1 with bcrypt on this system.");
        foreach (var version in "aby")
        {
            var salt = BCrypt.Net.BCrypt.GenerateSalt(4, version == 'y' ? 'b' : version).Replace("$2b", $"$2{version}", StringComparison.Ordinal);

            Assert.Equal(BCrypt.Net.BCrypt.HashPassword(password, salt), SystemBcrypt.Hash(password, salt) ?? "missing");
        }
    }

    [Fact]
    public void SystemBcrypt_PasswordWithAZeroByte_IsLeftToTheManagedOne() => Assert.Null(SystemBcrypt.Hash("a\0b", BCrypt.Net.BCrypt.GenerateSalt(4)));
}
