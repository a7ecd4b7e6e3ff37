using System.Security.Cryptography;
using System.Text;

namespace LazyMigrate.Web.Security;

/// <summary>The one-time code that proves to <c>/setup</c> that a person can read this server's log. It lives in memory only; every start makes a new one.</summary>
internal sealed class SetupCode
{
    // Crockford's base 32: no letter that looks like a digit, nothing to spell out wrong.
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Groups = 4;
    private const int GroupLength = 4;

    private readonly string _code = RandomNumberGenerator.GetString(Alphabet, Groups * GroupLength);
    private int _isUsed;

    /// <summary>As it is printed, for example <c>7KQM-04RT-9XWB-2CFD</c>.</summary>
    public string Display => string.Join('-', Enumerable.Range(0, Groups).Select(group => _code.Substring(group * GroupLength, GroupLength)));

    /// <summary>Whether that is the code, still unused; hyphens, spaces and case do not matter.</summary>
    public bool Matches(string? typed)
    {
        var letters = new string((typed ?? "").Where(char.IsAsciiLetterOrDigit).ToArray()).ToUpperInvariant();
        return _isUsed == 0 && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(letters), Encoding.ASCII.GetBytes(_code));
    }

    /// <summary>Uses the code up.</summary>
    /// <returns>False when somebody else has.</returns>
    public bool TryUse() => Interlocked.Exchange(ref _isUsed, 1) == 0;

    /// <summary>Makes the code good again, after what it was used for failed.</summary>
    public void GiveBack() => Interlocked.Exchange(ref _isUsed, 0);
}
