namespace LazyMigrate.Core.Activity;

/// <summary>The request that an activity belongs to. A host that has requests replaces <see cref="NoActivityRequest"/>.</summary>
public interface IActivityRequest
{
    /// <summary>The browser's address, if known.</summary>
    string? Address { get; }

    /// <summary>Ties together what one request caused.</summary>
    string? CorrelationId { get; }
}

/// <summary>For hosts without requests.</summary>
public sealed class NoActivityRequest : IActivityRequest
{
    public string? Address => null;

    public string? CorrelationId => null;
}

/// <summary>Who does something in the console.</summary>
/// <param name="Id">The user.</param>
/// <param name="Name">How they are called.</param>
public sealed record ActivityActor(Guid? Id, string Name)
{
    /// <summary>The server itself, for example when it provisions a first start.</summary>
    public static ActivityActor System { get; } = new(null, "system");
}
