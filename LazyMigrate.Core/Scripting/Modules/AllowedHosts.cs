namespace LazyMigrate.Core.Scripting.Modules;

/// <summary>The one door to the network for database modules.</summary>
internal static class AllowedHosts
{
    /// <param name="access">What the run may reach.</param>
    /// <param name="hostAndPort">Lower case, as in the list.</param>
    /// <exception cref="ModuleException">The host is not on the list.</exception>
    public static void Check(LegacyAccess access, string hostAndPort)
    {
        if (!access.Hosts.Contains(hostAndPort, StringComparer.Ordinal))
        {
            throw new ModuleException(
                "EACCES",
                $"{hostAndPort} is not an allowed host of this custom database; add it under Allowed hosts.");
        }
    }
}
