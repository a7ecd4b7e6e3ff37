using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Passwords;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using static Microsoft.AspNetCore.Identity.PasswordVerificationResult;

namespace LazyMigrate.Tests.Users;

public sealed class LocalPasswordHasherTests
{
    private const string Password = "pässword ✓";

    private static readonly AppUser s_user = new();

    [Theory]
    [InlineData(PasswordAlgorithm.Pbkdf2)]
    [InlineData(PasswordAlgorithm.Argon2id)]
    public void Hash_VerifiesItself_AndNothingElse(PasswordAlgorithm algorithm)
    {
        var hasher = Hasher(algorithm);
        var hash = hasher.HashPassword(s_user, Password);

        Assert.Equal(algorithm == PasswordAlgorithm.Argon2id, hash.StartsWith("$argon2id$v=19$m=19456,t=2,p=1$", StringComparison.Ordinal));
        Assert.InRange(hash.Length, 60, 256);
        Assert.NotEqual(hash, hasher.HashPassword(s_user, Password));
        Assert.Equal(Success, hasher.VerifyHashedPassword(s_user, hash, Password));
        Assert.Equal(Failed, hasher.VerifyHashedPassword(s_user, hash, Password + " "));
        Assert.Equal(Failed, hasher.VerifyHashedPassword(s_user, hash, ""));
    }

    [Theory]
    [InlineData(PasswordAlgorithm.Pbkdf2, PasswordAlgorithm.Argon2id)]
    [InlineData(PasswordAlgorithm.Argon2id, PasswordAlgorithm.Pbkdf2)]
    public void Hash_OfTheOtherAlgorithm_IsRightAndOutOfDate(PasswordAlgorithm then, PasswordAlgorithm now)
    {
        var hash = Hasher(then).HashPassword(s_user, Password);

        Assert.Equal(SuccessRehashNeeded, Hasher(now).VerifyHashedPassword(s_user, hash, Password));
        Assert.Equal(Failed, Hasher(now).VerifyHashedPassword(s_user, hash, "wrong"));
    }

    [Fact]
    public void Hash_WithFewerIterations_IsOutOfDate()
    {
        var old = Hasher(PasswordAlgorithm.Pbkdf2, iterations: 500).HashPassword(s_user, Password);

        Assert.Equal(SuccessRehashNeeded, Hasher(PasswordAlgorithm.Pbkdf2).VerifyHashedPassword(s_user, old, Password));
    }

    [Fact]
    public void Argon2_VectorOfRfc9106sAuthors_Verifies()
    {
        // https://github.com/P-H-C/phc-winner-argon2/blob/master/src/test.c, "Argon2id test vectors": 2 passes, 64 MiB, "password", "somesalt".
        const string Reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

        Assert.Equal(SuccessRehashNeeded, Hasher(PasswordAlgorithm.Argon2id).VerifyHashedPassword(s_user, Reference, "password"));
        Assert.Equal(Failed, Hasher(PasswordAlgorithm.Argon2id).VerifyHashedPassword(s_user, Reference, "differentpassword"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a hash")]
    [InlineData("$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy")]
    [InlineData("{SSHA}AAAA")]
    [InlineData("AA==")]
    [InlineData("AQAAAAL/////AAAAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("/////////////////////////////////////w==")]
    [InlineData("$argon2id$")]
    [InlineData("$argon2id$v=19$m=99999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")]
    [InlineData("$argon2id$v=19$m=262144,t=999,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")]
    [InlineData("$argon2id$v=19$m=1,t=1,p=99$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")]
    [InlineData("$argon2id$v=19$m=256,t=2,p=1$=$=")]
    public void ForeignString_FailsWithoutAnException(string stored)
    {
        Assert.Equal(Failed, Hasher(PasswordAlgorithm.Pbkdf2).VerifyHashedPassword(s_user, stored, Password));
        Assert.Equal(Failed, Hasher(PasswordAlgorithm.Argon2id).VerifyHashedPassword(s_user, stored, Password));
    }

    [Theory]
    [InlineData(PasswordAlgorithm.Pbkdf2)]
    [InlineData(PasswordAlgorithm.Argon2id)]
    public void LongPassword_IsNeverCut(PasswordAlgorithm algorithm)
    {
        var hasher = Hasher(algorithm);
        var longest = new string('x', 4096);
        var hash = hasher.HashPassword(s_user, longest);

        Assert.Equal(Success, hasher.VerifyHashedPassword(s_user, hash, longest));
        Assert.Equal(Failed, hasher.VerifyHashedPassword(s_user, hash, longest[..^1]));
        Assert.Equal(Failed, hasher.VerifyHashedPassword(s_user, hash, longest[..72]));
        Assert.Equal(Failed, hasher.VerifyHashedPassword(s_user, hash, longest + "x"));
    }

    [Fact]
    public async Task Slots_AsManyAtOnceAsProcessors_TheNextGiveUpInTime()
    {
        var hasher = new WaitingHasher();
        using var slots = new HashingSlots(hasher, Options.Create(new PasswordHashingOptions { LongestWait = TimeSpan.FromMilliseconds(200) }));
        var running = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(() => slots.HashAsync(s_user, "x"))).ToList();
        Assert.True(SpinWait.SpinUntil(() => hasher.Running == Environment.ProcessorCount, TimeSpan.FromSeconds(30)));

        await Assert.ThrowsAsync<HashingBusyException>(() => slots.HashAsync(s_user, "x"));
        Assert.Equal(Environment.ProcessorCount, hasher.Running);

        hasher.Go.Set();
        await Task.WhenAll(running);
        Assert.Equal("hash", await slots.HashAsync(s_user, "x"));
    }

    private static LocalPasswordHasher Hasher(PasswordAlgorithm algorithm, int iterations = 1_000) => new(
        Options.Create(new PasswordHasherOptions { IterationCount = iterations }),
        Options.Create(new PasswordHashingOptions { Algorithm = algorithm }));

    private sealed class WaitingHasher : IPasswordHasher<AppUser>
    {
        private int _running;

        public int Running => Volatile.Read(ref _running);

        public ManualResetEventSlim Go { get; } = new();

        public string HashPassword(AppUser user, string password)
        {
            Interlocked.Increment(ref _running);
            Go.Wait();
            return "hash";
        }

        public PasswordVerificationResult VerifyHashedPassword(AppUser user, string hashedPassword, string providedPassword) => Failed;
    }
}
