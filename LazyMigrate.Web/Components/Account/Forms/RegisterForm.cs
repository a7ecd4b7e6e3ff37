using LazyMigrate.Core.Users;

namespace LazyMigrate.Web.Components.Account.Forms;

/// <summary>What is posted to register.</summary>
internal sealed class RegisterForm
{
    public string Email { get; set; } = "";

    public string Name { get; set; } = "";

    public string Password { get; set; } = "";

    public AppUser ToUser(DateTimeOffset now) => new()
    {
        Email = Email.Trim(),
        Name = string.IsNullOrWhiteSpace(Name) ? null : Name.Trim(),
        Origin = UserOrigin.Registered,
        CreatedAt = now,
    };

    public static FormErrors NoErrors() => new(nameof(Email), nameof(Name), nameof(Password));

    /// <summary>What Identity does not check.</summary>
    public FormErrors Check()
    {
        var errors = NoErrors();
        if (Name.Trim().Length > AppUser.NameLength)
        {
            errors.Add(nameof(Name), $"Use at most {AppUser.NameLength} characters.");
        }
        else if (!PersonName.IsText(Name))
        {
            errors.Add(nameof(Name), "Use letters, digits and punctuation only.");
        }

        return errors;
    }
}
