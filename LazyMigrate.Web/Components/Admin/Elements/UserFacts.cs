using LazyMigrate.Core.Users;

namespace LazyMigrate.Web.Components.Admin.Elements;

/// <summary>One field of a user as a table shows it.</summary>
/// <param name="Name">On screen.</param>
/// <param name="Value">As stored.</param>
/// <param name="Badge">What is known about the value, for example "verified".</param>
/// <param name="IsGood">Whether the badge is good news.</param>
/// <param name="IsCode">Whether it is shown in a fixed-width font.</param>
internal sealed record UserFact(string Name, string Value, string? Badge = null, bool IsGood = false, bool IsCode = false);

/// <summary>The fields of a user that are set, in the order people look for them.</summary>
internal static class UserFacts
{
    public static IReadOnlyList<UserFact> Of(AppUser user)
    {
        var facts = new List<UserFact>();
        Add("Name", user.Name);
        if (user.Email is not null)
        {
            facts.Add(new UserFact("E-mail", user.Email, user.EmailConfirmed ? "verified" : "not verified", user.EmailConfirmed));
        }

        if (user.PhoneNumber is not null)
        {
            facts.Add(new UserFact("Phone", user.PhoneNumber, user.PhoneNumberConfirmed ? "verified" : "not verified", user.PhoneNumberConfirmed));
        }

        Add("User name", user.UserName);
        Add("Nickname", user.Nickname);
        Add("Given name", user.GivenName);
        Add("Family name", user.FamilyName);
        Add("Picture", user.Picture);
        Add("Gender", user.Gender);
        Add("Birthdate", user.Birthdate);
        Add("Locale", user.Locale);
        Add("Time zone", user.ZoneInfo);
        Add("Address", user.Address);
        Add("Company", user.Company);
        Add("Website", user.Website);
        return facts;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                facts.Add(new UserFact(name, value));
            }
        }
    }
}
