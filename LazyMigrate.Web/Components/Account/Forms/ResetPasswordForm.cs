namespace LazyMigrate.Web.Components.Account.Forms;

/// <summary>What is posted to choose a new password.</summary>
internal sealed class ResetPasswordForm
{
    public string Password { get; set; } = "";
}
