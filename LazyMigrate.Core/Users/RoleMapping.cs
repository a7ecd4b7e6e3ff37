namespace LazyMigrate.Core.Users;

/// <summary>That a role of the legacy database is taken over, and under which name.</summary>
/// <param name="Legacy">As profiles name it; case does not matter.</param>
/// <param name="Local">As it is called here.</param>
public sealed record RoleMapping(string Legacy, string Local)
{
    public const int MostMappings = 200;
    public const int LegacyLength = 256;

    /// <summary>The roles that a profile's roles become, and those of it that are not allowed.</summary>
    public static (IReadOnlyList<string> Given, IReadOnlyList<string> Dropped) Apply(IReadOnlyList<RoleMapping> mappings, IReadOnlyList<string> legacyRoles)
    {
        // What the console's roles are can grow with a version; settings that were stored before must not give one.
        var allowed = mappings
            .Where(mapping => RoleName.ProblemOf(mapping.Local) is null)
            .DistinctBy(mapping => mapping.Legacy, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(mapping => mapping.Legacy, mapping => mapping.Local, StringComparer.OrdinalIgnoreCase);
        var given = new List<string>();
        var dropped = new List<string>();
        foreach (var role in legacyRoles)
        {
            if (!allowed.TryGetValue(role.Trim(), out var local))
            {
                dropped.Add(role);
            }
            else if (!given.Any(other => RoleName.Canonical(other) == RoleName.Canonical(local)))
            {
                (given.Count < RoleName.MostOfAUser ? given : dropped).Add(given.Count < RoleName.MostOfAUser ? local : role);
            }
        }

        return (given, dropped);
    }
}
