namespace LazyMigrate.Core.Activity;

/// <summary>Makes activity events that carry the time and the request they belong to.</summary>
public sealed class ActivityFactory(TimeProvider time, IActivityRequest request)
{
    /// <summary>Makes an event of now; the caller stores it, where possible with the change it tells of.</summary>
    public ActivityEvent Create(
        string kind,
        ActivityActor? actor = null,
        Guid? subjectId = null,
        string? subjectName = null,
        Guid? customDatabaseId = null,
        Guid? scriptVersionId = null,
        TimeSpan? duration = null,
        string? outcome = null,
        string? detail = null)
    {
        // What all databases can keep, so that it reads back as it was signed.
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        return new ActivityEvent
        {
            Time = now,
            Day = DateOnly.FromDateTime(now.UtcDateTime),
            Kind = kind,
            ActorId = actor?.Id,
            ActorName = actor?.Name,
            SubjectId = subjectId,
            SubjectName = subjectName,
            CustomDatabaseId = customDatabaseId,
            ScriptVersionId = scriptVersionId,
            DurationMilliseconds = duration is { } value ? (int)Math.Min(value.TotalMilliseconds, int.MaxValue) : null,
            Outcome = outcome,
            Detail = Shorten(detail),
            Address = request.Address,
            CorrelationId = request.CorrelationId,
        };
    }

    private static string? Shorten(string? text)
    {
        if (text is not { Length: > ActivityEvent.DetailLength })
        {
            return text;
        }

        // Half of a character outside the basic plane could not be stored, nor be read back as it was signed.
        var end = ActivityEvent.DetailLength - 1;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] + "…";
    }
}
