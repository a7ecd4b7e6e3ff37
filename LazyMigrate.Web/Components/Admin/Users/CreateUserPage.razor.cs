using LazyMigrate.Core.UserMigration;
using LazyMigrate.Core.Users.Administration;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using MudBlazor;

namespace LazyMigrate.Web.Components.Admin.Users;

/// <summary>Creates a user by hand; the look-up script is asked, as for a registration.</summary>
public sealed partial class CreateUserPage(UserAdministration administration, NavigationManager navigation, ISnackbar snackbar) : ConsolePage
{
    /// <summary>By field; the empty name is the form's.</summary>
    private Dictionary<string, string> _problems = [];
    private bool _isCreating;

    private string Name { get; set; } = "";

    private string Email { get; set; } = "";

    private string Phone { get; set; } = "";

    private string UserName { get; set; } = "";

    private string Password { get; set; } = "";

    private bool MustChange { get; set; } = true;

    private string? Problem(string field) => _problems.GetValueOrDefault(field);

    private string? Invalid(string field) => Problem(field) is null ? null : "true";

    private async Task CreateAsync()
    {
        if (_isCreating)
        {
            return;
        }

        _isCreating = true;
        try
        {
            var order = new NewUserOrder(Email, Phone, UserName, Name, Password.Length == 0 ? null : Password, MustChange);
            switch (await administration.CreateAsync(order, await Authentication.GetActorAsync(), Leaving))
            {
                case UserCreation.Created created:
                    snackbar.Add("The user is created.", Severity.Success);
                    navigation.NavigateTo(AdminUrls.User(created.UserId));
                    break;
                case UserCreation.Refused refused:
                    _problems = ProblemsOf(refused.Result);
                    break;
            }
        }
        catch (OperationCanceledException) when (Leaving.IsCancellationRequested)
        {
            // The page was left.
        }
        catch (Exception exception) when (FailureSentence(exception) is { } sentence)
        {
            _problems = new() { [""] = sentence };
        }
        finally
        {
            _isCreating = false;
        }
    }

    /// <summary>Where on the page each error belongs; the first of a field counts.</summary>
    private static Dictionary<string, string> ProblemsOf(IdentityResult result)
    {
        var isInLegacy = result.Errors.Any(error => error.Code == MigratingUserManager.KnownInLegacyCode);
        var taken = isInLegacy
            ? "The legacy database knows this person: they are moved when they log in with their old password."
            : "Somebody else has this, or was deleted with it (see “Deleted people”).";
        var problems = new Dictionary<string, string>();
        foreach (var error in result.Errors.Where(error => error.Code != MigratingUserManager.KnownInLegacyCode))
        {
            var (field, sentence) = error.Code switch
            {
                "InvalidName" => (nameof(Name), error.Description),
                "IdentifierMissing" => (nameof(Email), "Give an e-mail address, a phone number or a user name."),
                nameof(IdentityErrorDescriber.InvalidEmail) => (nameof(Email), "Enter an e-mail address such as anna@example.org."),
                nameof(IdentityErrorDescriber.DuplicateEmail) => (nameof(Email), taken),
                "InvalidPhoneNumber" => (nameof(Phone), error.Description),
                "DuplicatePhoneNumber" => (nameof(Phone), taken),
                nameof(IdentityErrorDescriber.InvalidUserName) => (nameof(UserName), "Use letters of one alphabet, digits and . _ - only."),
                nameof(IdentityErrorDescriber.DuplicateUserName) => (nameof(UserName), taken),
                MigratingUserManager.LegacyUnavailableCode => ("", "The legacy database did not answer, so it is not known whether these identifiers are free. Nobody was created; try again in a few minutes."),
                var code when code.StartsWith("Password", StringComparison.Ordinal) => (nameof(Password), error.Description),
                _ => ("", error.Description),
            };
            problems.TryAdd(field, sentence);
        }

        return problems;
    }
}
