namespace LazyMigrate.Core.CustomDatabases;

/// <summary>Tells activity what a save of the settings changed: before and after, and of secrets only that they changed.</summary>
internal static class SettingsChange
{
    /// <param name="before">As stored; null where the custom database is new.</param>
    /// <param name="edit">As saved.</param>
    /// <param name="storedVariables">The names of the variables before.</param>
    public static string Describe(CustomDatabaseSettings? before, CustomDatabaseEdit edit, IReadOnlyCollection<string> storedVariables)
    {
        var parts = new List<string>();
        Compare("Name", before?.Name, edit.Name.Trim());
        Compare("Type", before?.Type.ToString(), edit.Type.ToString());
        if (edit.NewUri is not null)
        {
            parts.Add(before?.MaskedUri is null ? "Connection URI given." : "Connection URI changed.");
        }

        Tell("Variables given", edit.Variables.Keys.Except(storedVariables));
        Tell("Variables changed", edit.Variables.Where(pair => pair.Value is not null).Select(pair => pair.Key).Intersect(storedVariables));
        Tell("Variables removed", storedVariables.Except(edit.Variables.Keys));
        Compare("Allowed hosts", before is null ? null : Hosts(before.AllowedHosts), Hosts(CustomDatabaseManager.CanonicalHosts(edit.AllowedHosts)));
        Compare("Trusts verified addresses", before is null ? null : YesOrNo(before.TrustsEmailVerified), YesOrNo(edit.TrustsEmailVerified));
        return parts.Count == 0 ? "Saved without a change." : string.Join(" ", parts);

        void Compare(string name, string? old, string now)
        {
            if (old is null)
            {
                parts.Add($"{name}: {now}.");
            }
            else if (old != now)
            {
                parts.Add($"{name}: from {old} to {now}.");
            }
        }

        void Tell(string what, IEnumerable<string> names)
        {
            var sorted = names.Order(StringComparer.Ordinal).ToList();
            if (sorted.Count > 0)
            {
                parts.Add($"{what}: {string.Join(", ", sorted)}.");
            }
        }
    }

    private static string Hosts(IReadOnlyList<string> hosts) => hosts.Count == 0 ? "none" : string.Join(", ", hosts);

    private static string YesOrNo(bool value) => value ? "yes" : "no";
}
