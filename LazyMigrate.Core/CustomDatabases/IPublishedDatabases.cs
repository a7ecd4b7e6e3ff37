namespace LazyMigrate.Core.CustomDatabases;

/// <summary>Where log-ins find the custom database: in the server's own database, or in the configuration of an application that has adopted lazy migration.</summary>
public interface IPublishedDatabases
{
    /// <summary>Mode, settings and published scripts in one reading, or null while there is no custom database.</summary>
    Task<PublishedDatabase?> GetPublishedAsync(CancellationToken cancellationToken = default);
}
