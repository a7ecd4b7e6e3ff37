using System.Globalization;

namespace LazyMigrate.Tests.TestServices.Tds;

/// <summary>What SQLite or a test gives for a value, as the type of the column needs it.</summary>
internal static class TdsValues
{
    public static long Whole(object value) => value is string text ? long.Parse(text, CultureInfo.InvariantCulture) : Convert.ToInt64(value, CultureInfo.InvariantCulture);

    public static decimal Exact(object value) => value is string text ? decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) : Convert.ToDecimal(value, CultureInfo.InvariantCulture);

    public static DateTime Date(object value) => value switch
    {
        DateTime date => date,
        DateTimeOffset offset => offset.UtcDateTime,
        _ => DateTime.Parse((string)value, CultureInfo.InvariantCulture, DateTimeStyles.None),
    };

    public static TimeSpan Time(object value) => value switch
    {
        TimeSpan time => time,
        DateTime date => date.TimeOfDay,
        string text when text.Contains('-', StringComparison.Ordinal) => Date(text).TimeOfDay,
        _ => TimeSpan.Parse((string)value, CultureInfo.InvariantCulture),
    };

    /// <summary>A parameter's value as SQLite stores it: dates as text that its functions and comparisons understand.</summary>
    public static object ForSqlite(object? value) => value switch
    {
        null => DBNull.Value,
        DateTime date => date.ToString(date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTimeOffset offset => offset.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        decimal exact => exact.ToString(CultureInfo.InvariantCulture),
        Guid guid => guid.ToString().ToUpperInvariant(),
        bool yes => yes ? 1L : 0L,
        _ => value,
    };
}
