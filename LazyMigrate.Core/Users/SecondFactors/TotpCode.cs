using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LazyMigrate.Core.Users.SecondFactors;

/// <summary>The codes of authenticator apps: RFC 6238 with SHA-1, six digits and steps of 30 seconds, which is all that they know in common.</summary>
public static class TotpCode
{
    public const int Digits = 6;

    private const int StepSeconds = 30;

    // Steps before and after the current one: RFC 6238, section 5.2, for clocks that differ and codes that are typed slowly.
    private const int Tolerance = 1;

    /// <summary>The step of a moment.</summary>
    public static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of a step: RFC 4226, section 5.3.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "HMAC-SHA-1 is what RFC 6238's apps compute; its weaknesses are not those of SHA-1.")]
    public static string At(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(secret, counter, hash);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xf)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step whose code this is, within the tolerance around a moment; null when it is of none.</summary>
    /// <param name="secret">The key.</param>
    /// <param name="typed">As typed: spaces do not matter.</param>
    /// <param name="now">The moment.</param>
    /// <param name="after">Only steps after this one count.</param>
    public static long? FindStep(ReadOnlySpan<byte> secret, string typed, DateTimeOffset now, long after)
    {
        var code = Encoding.ASCII.GetBytes(string.Concat(typed.Where(letter => !char.IsWhiteSpace(letter))));
        long? found = null;
        for (var step = StepAt(now) - Tolerance; step <= StepAt(now) + Tolerance; step++)
        {
            // All of them, and each in constant time.
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(At(secret, step)), code) && step > after)
            {
                found ??= step;
            }
        }

        return found;
    }
}
