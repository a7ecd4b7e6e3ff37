using System.Security.Cryptography;
using System.Text;
using LazyMigrate.Core.CustomDatabases;

namespace LazyMigrate.Core.UserMigration.Adopting;

/// <summary>How an application's user is known to have come from the legacy database: a row in Identity's own table of external log-ins, whose primary key lets nobody be moved twice.</summary>
/// <param name="Provider">Names the custom database.</param>
/// <param name="Key">The legacy id.</param>
internal sealed record LegacyLink(string Provider, string Key)
{
    // What Identity's model gives the two columns, if it limits them (IdentityOptions.Stores.MaxLengthForKeys).
    private const int LongestKey = 128;

    public static string ProviderOf(PublishedDatabase database) => $"legacy:{database.Name}";

    public static LegacyLink Of(PublishedDatabase database, string legacyId) => new(ProviderOf(database), KeyOf(legacyId));

    /// <summary>The legacy id, or what stands for one that is too long for the column.</summary>
    public static string KeyOf(string legacyId) =>
        legacyId.Length <= LongestKey ? legacyId : $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(legacyId)))}";

    /// <returns>Why the custom database's name cannot be part of the key, or null.</returns>
    public static string? ProblemOf(PublishedDatabase database) =>
        ProviderOf(database).Length > LongestKey ? $"database.json: name: The name is longer than {LongestKey - "legacy:".Length} characters." : null;
}
