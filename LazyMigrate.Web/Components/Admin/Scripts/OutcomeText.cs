using LazyMigrate.Core.UserMigration;
using LazyMigrate.Web.Components.Admin.Elements;
using MudBlazor;

namespace LazyMigrate.Web.Components.Admin.Scripts;

/// <summary>How the outcome of a test run looks: a word and an icon, and a colour that says nothing they do not.</summary>
internal sealed record OutcomeText(string Word, string Icon, Tone Tone)
{
    public static OutcomeText Of(ScriptTestReport report) =>
        report is { Outcome: "Failed", Failure: { } failure } ? Of(report.Outcome) with { Word = $"Failed: {failure.Kind}" } : Of(report.Outcome);

    /// <summary>Of the outcome's stable word alone.</summary>
    public static OutcomeText Of(string outcome) => outcome switch
    {
        "Accepted" => new("Accepted", Icons.Material.Outlined.CheckCircle, Tone.Success),
        "Found" => new("Found", Icons.Material.Outlined.CheckCircle, Tone.Success),
        "Counted" => new("Counted", Icons.Material.Outlined.CheckCircle, Tone.Success),
        "Listed" => new("Listed", Icons.Material.Outlined.CheckCircle, Tone.Success),
        "Done" => new("Done", Icons.Material.Outlined.CheckCircle, Tone.Success),
        "NoSuchUser" => new("No such user", Icons.Material.Outlined.PersonOff, Tone.Info),
        "NotFound" => new("Not found", Icons.Material.Outlined.PersonOff, Tone.Info),
        "WrongPassword" => new("Wrong password", Icons.Material.Outlined.Password, Tone.Warning),
        "Blocked" => new("Blocked", Icons.Material.Outlined.Block, Tone.Warning),
        "Invalid" => new("Invalid profile", Icons.Material.Outlined.ReportProblem, Tone.Danger),
        "Failed" => new("Failed", Icons.Material.Outlined.ErrorOutline, Tone.Danger),
        "NotRun" => new("Not run", Icons.Material.Outlined.HourglassEmpty, Tone.Warning),
        _ => new(outcome, Icons.Material.Outlined.Info, Tone.Neutral),
    };
}
