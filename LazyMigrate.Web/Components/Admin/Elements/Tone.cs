namespace LazyMigrate.Web.Components.Admin.Elements;

/// <summary>What a colour means. It never says so alone: a word or an icon stands beside it.</summary>
public enum Tone
{
    Neutral,
    Accent,
    Info,
    Success,
    Warning,
    Danger,
}
