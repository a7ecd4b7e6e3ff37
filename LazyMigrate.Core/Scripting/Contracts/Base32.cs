using System.Diagnostics.CodeAnalysis;

namespace LazyMigrate.Core.Scripting.Contracts;

/// <summary>Base 32 as authenticator apps write secrets: RFC 4648, section 6; padding, spaces, hyphens and case do not matter.</summary>
public static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int BitsPerLetter = 5;

    /// <summary>Writes bytes without padding.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var letters = new char[((bytes.Length * 8) + BitsPerLetter - 1) / BitsPerLetter];
        for (var index = 0; index < letters.Length; index++)
        {
            var value = 0;
            for (var bit = index * BitsPerLetter; bit < (index + 1) * BitsPerLetter; bit++)
            {
                value = (value << 1) | (bit / 8 < bytes.Length ? (bytes[bit / 8] >> (7 - (bit % 8))) & 1 : 0);
            }

            letters[index] = Alphabet[value];
        }

        return new string(letters);
    }

    /// <summary>Reads text.</summary>
    /// <remarks>
    /// Bits left over at the end are ignored, as authenticator apps do: a secret made of random letters has some. A length that
    /// no encoder writes is refused: such a secret lost a letter on its way.
    /// </remarks>
    public static bool TryDecode(string text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        var letters = text.Where(letter => letter is not (' ' or '-')).ToArray().AsSpan().TrimEnd('=');
        if (letters.Length % 8 is 1 or 3 or 6)
        {
            return false;
        }

        var result = new byte[letters.Length * BitsPerLetter / 8];
        var (buffer, bits, written) = (0, 0, 0);
        foreach (var letter in letters)
        {
            var value = Alphabet.IndexOf(char.ToUpperInvariant(letter), StringComparison.Ordinal);
            if (value < 0 || !char.IsAscii(letter))
            {
                return false;
            }

            (buffer, bits) = ((buffer << BitsPerLetter) | value, bits + BitsPerLetter);
            if (bits >= 8)
            {
                bits -= 8;
                result[written++] = (byte)(buffer >> bits);
                buffer &= (1 << bits) - 1;
            }
        }

        bytes = result;
        return true;
    }
}
