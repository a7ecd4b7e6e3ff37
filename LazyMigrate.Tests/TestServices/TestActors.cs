using LazyMigrate.Core.Activity;

namespace LazyMigrate.Tests.TestServices;

/// <summary>Administrators of tests.</summary>
public static class TestActors
{
    public static ActivityActor Ada { get; } = new(Guid.Parse("0199a000-0000-7000-8000-000000000001"), "Ada");

    public static ActivityActor Bob { get; } = new(Guid.Parse("0199a000-0000-7000-8000-000000000002"), "Bob");
}
