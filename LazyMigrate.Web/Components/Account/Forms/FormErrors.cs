using System.Diagnostics;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Web.Security;
using Microsoft.AspNetCore.Identity;

namespace LazyMigrate.Web.Components.Account.Forms;

/// <summary>What is wrong with a posted form: one sentence a field, and one for the form.</summary>
/// <param name="fields">The form's fields as they stand on the page.</param>
internal sealed class FormErrors(params string[] fields)
{
    public const string WrongCurrent = "This is not your current password.";

    private readonly Dictionary<string, string> _sentences = new(StringComparer.Ordinal);
    private string? _form;

    /// <summary>What concerns no single field, else a pointer to the fields, or null when nothing is wrong.</summary>
    public string? Summary => _form ?? (_sentences.Count > 0 ? "Please correct what is marked below." : null);

    /// <summary>Whether the person is in the legacy database and can log in with the old password.</summary>
    public bool IsKnownInLegacy { get; private set; }

    public bool Any => Summary is not null;

    /// <summary>Where to go on typing: the first field that is wrong, else the first of all.</summary>
    public string FocusedField => fields.FirstOrDefault(_sentences.ContainsKey, fields[0]);

    /// <summary>The sentence of a field, or null.</summary>
    public string? this[string field] => _sentences.GetValueOrDefault(field);

    /// <summary>Notes what is wrong with a field; the first sentence counts.</summary>
    public void Add(string field, string sentence) => _sentences.TryAdd(field, sentence);

    /// <summary>Notes what concerns no single field; the first sentence counts.</summary>
    public void Add(string sentence) => _form ??= sentence;

    /// <summary>Takes over why somebody did not become the first administrator; the form has the field <c>Code</c>, too.</summary>
    public void Add(SetupOutcome outcome)
    {
        switch (outcome)
        {
            case SetupOutcome.WrongCode:
                Add("Code", "This is not the code. Copy it from the last start of the server: every start prints a new one.");
                break;
            case SetupOutcome.Refused refused:
                Add(refused.Result);
                break;
            case SetupOutcome.Closed:
                _form = "There is an administrator already. Please log in.";
                break;
            case SetupOutcome.Created:
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Takes over what Identity found wrong with a form that has the fields <c>Email</c> and <c>Password</c>.</summary>
    public void Add(IdentityResult result)
    {
        foreach (var error in result.Errors)
        {
            switch (error.Code)
            {
                case "IdentifierMissing" or nameof(IdentityErrorDescriber.InvalidEmail):
                    Add("Email", "Enter an e-mail address such as anna@example.org.");
                    break;
                case nameof(IdentityErrorDescriber.DuplicateEmail):
                    Add("Email", "This account already exists.");
                    break;
                case nameof(IdentityErrorDescriber.PasswordMismatch):
                    Add("Current", WrongCurrent);
                    break;
                case nameof(IdentityErrorDescriber.PasswordTooShort):
                    Add("Password", $"Use at least {PasswordRules.ShortestLength} characters.");
                    break;
                case MigratingUserManager.KnownInLegacyCode:
                    IsKnownInLegacy = true;
                    break;
                case var code when code.StartsWith("Password", StringComparison.Ordinal):
                    Add("Password", error.Description);
                    break;
                default:
                    _form ??= error.Description;
                    break;
            }
        }
    }
}
