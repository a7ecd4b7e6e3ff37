namespace LazyMigrate.Core.Users.Passwords;

/// <summary>Section <c>LazyMigrate:PasswordHashing</c>: how passwords are stored. Old hashes are upgraded at the next log-in.</summary>
public sealed class PasswordHashingOptions
{
    public const string Section = "LazyMigrate:PasswordHashing";

    /// <summary>PBKDF2 is in .NET itself and needs no memory; Argon2id costs whoever steals the hashes more.</summary>
    public PasswordAlgorithm Algorithm { get; set; } = PasswordAlgorithm.Pbkdf2;

    /// <summary>How long a log-in waits for its turn, where more passwords come in than the processors can hash; then it is told to try again later.</summary>
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>What is wrong with the options, each with its key and the values that are possible.</summary>
    public IEnumerable<string> FindProblems()
    {
        if (LongestWait < TimeSpan.FromSeconds(1) || LongestWait > TimeSpan.FromMinutes(1))
        {
            yield return $"{Section}:LongestWait is {LongestWait}. Give 00:00:01 to 00:01:00.";
        }
    }
}

/// <summary>How passwords are hashed.</summary>
public enum PasswordAlgorithm
{
    /// <summary>PBKDF2 with SHA-512, in Identity's format; iterations as in its options.</summary>
    Pbkdf2,

    /// <summary>Argon2id with 19 MiB and two passes (OWASP, Password Storage Cheat Sheet), as a PHC string.</summary>
    Argon2id,
}
