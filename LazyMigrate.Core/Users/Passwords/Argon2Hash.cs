using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;

namespace LazyMigrate.Core.Users.Passwords;

/// <summary>An Argon2id hash as a PHC string: <c>$argon2id$v=19$m=19456,t=2,p=1$salt$hash</c>, the last two in base64 without padding.</summary>
internal sealed partial record Argon2Hash(int MemoryKibibytes, int Passes, int Lanes, byte[] Salt, byte[] Output)
{
    public const string Prefix = "$argon2id$";

    // OWASP, Password Storage Cheat Sheet: 19 MiB, two passes, one lane.
    private const int OwnMemory = 19_456;
    private const int OwnPasses = 2;
    private const int OwnLanes = 1;
    private const int OwnSaltLength = 16;
    private const int OwnOutputLength = 32;

    // What somebody else's hash may ask of this server: about two seconds of one processor.
    private const int MostMemory = 256 * 1024;
    private const long MostWork = 4L * MostMemory;
    private const int MostLanes = 16;

    /// <summary>Whether a hash made today would have these parameters.</summary>
    public bool IsCurrent =>
        (MemoryKibibytes, Passes, Lanes, Salt.Length, Output.Length) == (OwnMemory, OwnPasses, OwnLanes, OwnSaltLength, OwnOutputLength);

    public static Argon2Hash Create(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(OwnSaltLength);
        return new Argon2Hash(OwnMemory, OwnPasses, OwnLanes, salt, Compute(password, OwnMemory, OwnPasses, OwnLanes, salt, OwnOutputLength));
    }

    /// <returns>Null when it is no such string, or asks for more than this server gives.</returns>
    public static Argon2Hash? Parse(string text)
    {
        if (Form().Match(text) is not { Success: true } match
            || !int.TryParse(match.Groups["m"].ValueSpan, CultureInfo.InvariantCulture, out var memory)
            || !int.TryParse(match.Groups["t"].ValueSpan, CultureInfo.InvariantCulture, out var passes)
            || !int.TryParse(match.Groups["p"].ValueSpan, CultureInfo.InvariantCulture, out var lanes)
            || lanes is < 1 or > MostLanes || passes < 1 || memory < 8 * lanes || memory > MostMemory || (long)memory * passes > MostWork
            || Decode(match.Groups["salt"].Value) is not { Length: >= 8 and <= 64 } salt
            || Decode(match.Groups["hash"].Value) is not { Length: >= 12 and <= 64 } output)
        {
            return null;
        }

        return new Argon2Hash(memory, passes, lanes, salt, output);
    }

    public bool Matches(string password) =>
        CryptographicOperations.FixedTimeEquals(Output, Compute(password, MemoryKibibytes, Passes, Lanes, Salt, Output.Length));

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}v=19$m={MemoryKibibytes},t={Passes},p={Lanes}${Encode(Salt)}${Encode(Output)}");

    private static byte[] Compute(string password, int memory, int passes, int lanes, byte[] salt, int length)
    {
        var generator = new Argon2BytesGenerator();
        generator.Init(new Argon2Parameters.Builder(Argon2Parameters.Argon2id)
            .WithVersion(Argon2Parameters.Version13)
            .WithMemoryAsKB(memory)
            .WithIterations(passes)
            .WithParallelism(lanes)
            .WithSalt(salt)
            .Build());
        var output = new byte[length];
        generator.GenerateBytes(Encoding.UTF8.GetBytes(password), output);
        return output;
    }

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static byte[]? Decode(string text)
    {
        var padded = text.PadRight((text.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length / 4 * 3];
        return Convert.TryFromBase64String(padded, bytes, out var length) ? bytes[..length] : null;
    }

    [GeneratedRegex(@"\A\$argon2id\$v=19\$m=(?<m>[0-9]{1,7}),t=(?<t>[0-9]{1,3}),p=(?<p>[0-9]{1,3})\$(?<salt>[A-Za-z0-9+/]{1,128})\$(?<hash>[A-Za-z0-9+/]{1,128})\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
