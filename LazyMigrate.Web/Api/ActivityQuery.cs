using System.Globalization;
using LazyMigrate.Core.Activity;

namespace LazyMigrate.Web.Api;

/// <summary>Which events are shown or exported, as an address says it.</summary>
/// <param name="Kind">A kind, or the beginning of several with a dot at the end; empty for all.</param>
/// <param name="Person">A user's id, or the beginning of a name or identifier.</param>
/// <param name="From">The first day, in UTC.</param>
/// <param name="To">The last day, in UTC.</param>
/// <param name="Outcome">The outcome's word.</param>
/// <param name="Correlation">What one request caused.</param>
/// <param name="Page">From 1.</param>
internal sealed record ActivityQuery(
    string Kind = "",
    string Person = "",
    DateOnly? From = null,
    DateOnly? To = null,
    string Outcome = "",
    string Correlation = "",
    int Page = 1)
{
    public const int PageSize = 50;

    public bool IsFiltered => this with { Page = 1 } != new ActivityQuery();

    /// <summary>Reads the parts of an address; what makes no sense is left out.</summary>
    public static ActivityQuery Read(string? kind, string? person, string? from, string? to, string? outcome, string? correlation, string? page) => new(
        kind?.Trim() ?? "",
        person?.Trim() ?? "",
        Day(from),
        Day(to),
        outcome?.Trim() ?? "",
        correlation?.Trim() ?? "",
        int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Max(1, number) : 1);

    /// <summary>A day as the browser's date field has it.</summary>
    public static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public static string Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    public ActivityFilter ToFilter() => new()
    {
        Kind = Kind,
        Person = Person,
        From = From is { } from ? new DateTimeOffset(from, default, TimeSpan.Zero) : null,
        To = To is { } to && to < DateOnly.MaxValue ? new DateTimeOffset(to.AddDays(1), default, TimeSpan.Zero) : null,
        Outcome = Outcome,
        CorrelationId = Correlation,
    };

    public IEnumerable<KeyValuePair<string, string?>> ToParameters() => new (string Name, string Value)[]
    {
        ("kind", Kind),
        ("person", Person),
        ("from", Text(From)),
        ("to", Text(To)),
        ("outcome", Outcome),
        ("correlation", Correlation),
        ("page", Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : ""),
    }.Where(pair => pair.Value.Length > 0).Select(pair => KeyValuePair.Create(pair.Name, (string?)pair.Value));
}
