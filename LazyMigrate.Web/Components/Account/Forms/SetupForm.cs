namespace LazyMigrate.Web.Components.Account.Forms;

/// <summary>What is posted to become the first administrator.</summary>
internal sealed class SetupForm
{
    public string Code { get; set; } = "";

    public string Email { get; set; } = "";

    public string Password { get; set; } = "";
}
