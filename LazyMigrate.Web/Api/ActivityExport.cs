using System.Globalization;
using System.Text;
using System.Text.Json;
using LazyMigrate.Core.Activity;
using LazyMigrate.Web.Security;

namespace LazyMigrate.Web.Api;

/// <summary>Events as a file, written as they are read.</summary>
internal static class ActivityExport
{
    public const string Path = "/admin/activity/export";

    private const int FlushEvery = 500;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    private static readonly (string Name, Func<ActivityEvent, string?> Value)[] s_columns =
    [
        ("time", item => item.Time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
        ("kind", item => item.Kind),
        ("actorId", item => item.ActorId?.ToString()),
        ("actorName", item => item.ActorName),
        ("subjectId", item => item.SubjectId?.ToString()),
        ("subjectName", item => item.SubjectName),
        ("outcome", item => item.Outcome),
        ("detail", item => item.Detail),
        ("address", item => item.Address),
        ("customDatabaseId", item => item.CustomDatabaseId?.ToString()),
        ("scriptVersionId", item => item.ScriptVersionId?.ToString()),
        ("durationMilliseconds", item => item.DurationMilliseconds?.ToString(CultureInfo.InvariantCulture)),
        ("correlationId", item => item.CorrelationId),
        ("id", item => item.Id.ToString()),
        ("number", item => item.SealNumber?.ToString(CultureInfo.InvariantCulture)),
        ("seal", item => item.Seal is null ? null : Convert.ToHexStringLower(item.Seal)),
    ];

    public static void MapActivityExport(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(Path, WriteAsync).RequireAuthorization(ConsolePolicies.Administrator);

    private static async Task WriteAsync(HttpContext context, ActivityQueries activity, TimeProvider time)
    {
        var query = context.Request.Query;
        var filter = ActivityQuery.Read(query["kind"], query["person"], query["from"], query["to"], query["outcome"], query["correlation"], page: null).ToFilter();
        var isJson = query["format"] == "json";
        var day = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        context.Response.ContentType = isJson ? "application/json; charset=utf-8" : "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"activity-{day}.{(isJson ? "json" : "csv")}\"";
        context.Response.Headers.CacheControl = "no-store";

        var events = activity.StreamAsync(filter, context.RequestAborted);
        await using var writer = new StreamWriter(context.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        await (isJson ? WriteJsonAsync(writer, events, context.RequestAborted) : WriteCsvAsync(writer, events, context.RequestAborted));
    }

    private static async Task WriteCsvAsync(StreamWriter writer, IAsyncEnumerable<ActivityEvent> events, CancellationToken cancellationToken)
    {
        await writer.WriteAsync(string.Join(',', s_columns.Select(column => column.Name)) + "\r\n");
        var count = 0;
        await foreach (var item in events.WithCancellation(cancellationToken))
        {
            await writer.WriteAsync(string.Join(',', s_columns.Select(column => Cell(column.Value(item)))) + "\r\n");
            await FlushAsync(writer, ++count, cancellationToken);
        }
    }

    private static async Task WriteJsonAsync(StreamWriter writer, IAsyncEnumerable<ActivityEvent> events, CancellationToken cancellationToken)
    {
        var count = 0;
        await writer.WriteAsync("[");
        await foreach (var item in events.WithCancellation(cancellationToken))
        {
            await writer.WriteAsync(count == 0 ? "\n" : ",\n");
            await writer.WriteAsync(JsonSerializer.Serialize(s_columns.Select(column => KeyValuePair.Create(column.Name, column.Value(item))).Where(pair => pair.Value is not null).ToDictionary(), s_json));
            await FlushAsync(writer, ++count, cancellationToken);
        }

        await writer.WriteAsync("\n]\n");
    }

    /// <summary>RFC 4180; and a text that a spreadsheet would take for a formula gets an apostrophe, as strangers choose what they type at a log-in.</summary>
    private static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var safe = text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? $"'{text}" : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static Task FlushAsync(StreamWriter writer, int count, CancellationToken cancellationToken) =>
        count % FlushEvery == 0 ? writer.FlushAsync(cancellationToken) : Task.CompletedTask;
}
