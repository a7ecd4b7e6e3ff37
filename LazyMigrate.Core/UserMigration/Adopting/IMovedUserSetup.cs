using LazyMigrate.Core.Users;

namespace LazyMigrate.Core.UserMigration.Adopting;

/// <summary>Registered by an application that wants more of the legacy profile than what it logs in with, for example the name.</summary>
public interface IMovedUserSetup<in TUser>
    where TUser : class
{
    /// <summary>Called before a moved user is stored. User name, e-mail, phone number, password and id are set afterwards, whatever this does to them.</summary>
    /// <param name="user">New.</param>
    /// <param name="profile">What the legacy database says, checked: only fields with a type and a size.</param>
    void SetUp(TUser user, AppUser profile);
}
