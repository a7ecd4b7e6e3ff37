using System.Globalization;

namespace LazyMigrate.Web.Components.Admin.Elements;

/// <summary>Says how long ago something was, as people say it.</summary>
internal static class RelativeTime
{
    public static string Describe(DateTimeOffset value, DateTimeOffset now)
    {
        var age = now - value;
        return age switch
        {
            { TotalSeconds: < -60 } => value.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
            { TotalSeconds: < 45 } => "just now",
            { TotalMinutes: < 1.5 } => "1 minute ago",
            { TotalMinutes: < 60 } => $"{Math.Round(age.TotalMinutes)} minutes ago",
            { TotalHours: < 1.5 } => "1 hour ago",
            { TotalHours: < 24 } => $"{Math.Round(age.TotalHours)} hours ago",
            { TotalDays: < 1.5 } => "1 day ago",
            { TotalDays: < 45 } => $"{Math.Round(age.TotalDays)} days ago",
            _ => value.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
        };
    }
}
