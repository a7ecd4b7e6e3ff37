using Microsoft.AspNetCore.Identity;

namespace LazyMigrate.Core.Users;

/// <summary>A role. Those of <see cref="ConsoleRoles"/> open the console.</summary>
public sealed class AppRole : IdentityRole<Guid>
{
    public AppRole()
    {
        Id = Guid.CreateVersion7();
    }

    public AppRole(string name)
        : this()
    {
        Name = name;
    }
}

/// <summary>The roles of the console.</summary>
public static class ConsoleRoles
{
    /// <summary>May do everything.</summary>
    public const string Owner = "owner";

    // The others are reserved: nobody may hold one before it means something.
    private static readonly string[] s_all = [Owner, "operator", "viewer"];

    /// <summary>Whether a role, by its canonical name, opens the console: neither a legacy database nor a form for users' roles can give it.</summary>
    public static bool Contain(string canonicalName) => s_all.Contains(canonicalName, StringComparer.Ordinal);
}
