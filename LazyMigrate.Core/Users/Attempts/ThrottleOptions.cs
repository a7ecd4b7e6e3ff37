namespace LazyMigrate.Core.Users.Attempts;

/// <summary>Section <c>LazyMigrate:Throttle</c>: how often a password may be guessed.</summary>
public sealed class ThrottleOptions
{
    public const string Section = "LazyMigrate:Throttle";

    /// <summary>For one identifier, known or not: ten guesses a quarter of an hour are a thousand a day, and nobody mistypes ten times.</summary>
    public int AttemptsPerIdentifier { get; set; } = 10;

    /// <summary>See <see cref="AttemptsPerIdentifier"/>.</summary>
    public TimeSpan IdentifierWindow { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Wrong codes of one user's second factor a day, whatever the window allows: one guess in 333,333 is right, and whoever has the password would have a thousand a day.</summary>
    public int CodesPerDay { get; set; } = 50;

    /// <summary>For one address (IPv6: one /64), whoever is tried from it. Behind one address there can be an office.</summary>
    public int AttemptsPerAddress { get; set; } = 100;

    /// <summary>See <see cref="AttemptsPerAddress"/>.</summary>
    public TimeSpan AddressWindow { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Wishes for a mail, for example for a new password, for one identifier: nobody can fill somebody else's mailbox.</summary>
    public int MailsPerIdentifier { get; set; } = 5;

    /// <summary>See <see cref="MailsPerIdentifier"/>.</summary>
    public TimeSpan MailWindow { get; set; } = TimeSpan.FromHours(1);

    /// <summary>What is wrong with the options, each with its key and the values that are possible.</summary>
    public IEnumerable<string> FindProblems()
    {
        if (AttemptsPerIdentifier is < 1 or > 1_000_000)
        {
            yield return $"{Section}:AttemptsPerIdentifier is {AttemptsPerIdentifier}. Give 1 to 1000000.";
        }

        if (AttemptsPerAddress is < 1 or > 1_000_000)
        {
            yield return $"{Section}:AttemptsPerAddress is {AttemptsPerAddress}. Give 1 to 1000000.";
        }

        if (CodesPerDay is < 1 or > 1_000_000)
        {
            yield return $"{Section}:CodesPerDay is {CodesPerDay}. Give 1 to 1000000.";
        }

        if (MailsPerIdentifier is < 1 or > 1_000)
        {
            yield return $"{Section}:MailsPerIdentifier is {MailsPerIdentifier}. Give 1 to 1000.";
        }

        foreach (var (name, window) in new[] { (nameof(IdentifierWindow), IdentifierWindow), (nameof(AddressWindow), AddressWindow), (nameof(MailWindow), MailWindow) })
        {
            if (window < TimeSpan.FromSeconds(1) || window > TimeSpan.FromDays(1))
            {
                yield return $"{Section}:{name} is {window}. Give 00:00:01 to 1.00:00:00.";
            }
        }
    }
}
