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
}
