namespace LazyMigrate.Web.Api;

/// <summary>The addresses that say how the server is.</summary>
internal static class HealthUrls
{
    public const string Root = "/health";
    public const string Live = "/health/live";
    public const string Ready = "/health/ready";
}
