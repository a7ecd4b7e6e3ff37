namespace LazyMigrate.Web.Components.Account.Forms;

/// <summary>What is posted to confirm an address: the password, or a new one.</summary>
internal sealed class ConfirmEmailForm
{
    public string Password { get; set; } = "";
}
