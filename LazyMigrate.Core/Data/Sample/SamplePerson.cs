using LazyMigrate.Core.Users;

namespace LazyMigrate.Core.Data.Sample;

/// <summary>A customer of the sample shop. Identifiers are canonical, so that equality in SQL finds them.</summary>
internal sealed record SamplePerson(
    int Id,
    string FullName,
    string? Email,
    string? Phone,
    string? UserName,
    string Password,
    bool IsBlocked,
    bool IsEmailVerified,
    DateTimeOffset CreatedAt)
{
    /// <summary>How many people the shop has.</summary>
    public const int Count = 500;

    /// <summary>Somebody with an e-mail address.</summary>
    public const int WithEmailId = 1;

    /// <summary>Somebody whose user name is Chinese.</summary>
    public const int ChineseId = 376;

    /// <summary>Somebody who has a phone number, but no e-mail address.</summary>
    public const int WithoutEmailId = 331;

    /// <summary>Somebody who is blocked.</summary>
    public const int BlockedId = 12;

    private static readonly int s_perCulture = Count / SampleCulture.All.Count;
    private static readonly string[] s_domains = ["example.com", "example.org", "example.net"];

    // Passwords of the people that the console shows; everyone else's follows from their number.
    private static readonly Dictionary<int, string> s_shownPasswords = new()
    {
        [WithEmailId] = "copper-kettle-19",
        [ChineseId] = "jade-river-88",
        [WithoutEmailId] = "monsoon-garden-47",
        [BlockedId] = "locked-harbour-3",
    };

    /// <summary>Everybody, in the order of their number; always the same people.</summary>
    public static IReadOnlyList<SamplePerson> All { get; } = CreateAll();

    /// <summary>The person of that number.</summary>
    public static SamplePerson Of(int id) => All[id - 1];

    private static List<SamplePerson> CreateAll()
    {
        var people = new List<SamplePerson>(Count);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var culture in SampleCulture.All)
        {
            for (var index = 0; index < s_perCulture; index++)
            {
                people.Add(Create(culture, index, people.Count + 1, taken));
            }
        }

        return people;
    }

    private static SamplePerson Create(SampleCulture culture, int index, int id, HashSet<string> taken)
    {
        var givenNames = culture.GivenNames.Split(' ');
        var familyNames = culture.FamilyNames.Split(' ');
        var (given, latinGiven) = Split(givenNames[index % givenNames.Length]);
        var (family, latinFamily) = Split(familyNames[(index + (index / givenNames.Length)) % familyNames.Length]);

        // 2 of 25 have no address: they log in by phone or user name. The rest have any mixture of the three.
        var hasEmail = index is not (5 or 17);
        var hasPhone = !hasEmail || id % 5 is not (1 or 4);
        var hasUserName = !hasEmail || id % 3 == 1;
        var native = (culture.NameOrder == SampleNameOrder.GivenFirst ? given + family : family + given).Replace("’", "", StringComparison.Ordinal);
        var isNativeUserName = index == 17 || index % 6 == 0;

        return new SamplePerson(
            id,
            culture.NameOrder switch
            {
                SampleNameOrder.GivenFirst => $"{given} {family}",
                SampleNameOrder.FamilyFirst => family + given,
                _ => $"{family} {given}",
            },
            hasEmail ? Unique($"{latinGiven}.{latinFamily}", $"@{s_domains[id % s_domains.Length]}", taken) : null,
            hasPhone ? $"{culture.PhonePrefix}{culture.FirstPhone + index:000}" : null,
            hasUserName ? Unique(IdentifierParser.CanonicalUserName(isNativeUserName ? native : $"{latinGiven}_{latinFamily}")!, "", taken) : null,
            s_shownPasswords.GetValueOrDefault(id, $"{latinGiven}-{culture.Code}-{id:000}"),
            IsBlocked: index == 11,
            IsEmailVerified: hasEmail && id % 7 != 0,
            new DateTimeOffset(2012, 3, 1, 8, 0, 0, TimeSpan.Zero).AddMinutes(id * 13_003L));
    }

    private static (string Native, string Latin) Split(string name) =>
        name.Split('=') is [var native, var latin] ? (native, latin) : throw new FormatException($"“{name}” is not native=latin.");

    private static string Unique(string start, string end, HashSet<string> taken)
    {
        var result = start + end;
        for (var number = 2; !taken.Add(result); number++)
        {
            result = $"{start}{number}{end}";
        }

        return result;
    }
}
