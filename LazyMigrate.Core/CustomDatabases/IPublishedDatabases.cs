namespace LazyMigrate.Core.CustomDatabases;

/// <summary>Where log-ins find the custom database: in the server's own database, or in the configuration of an application that has adopted lazy migration.</summary>
public interface IPublishedDatabases
{
    /// <summary>Mode, settings and published scripts in one reading, or null while there is no custom database.</summary>
    Task<PublishedDatabase?> GetPublishedAsync(CancellationToken cancellationToken = default);

    /// <summary>Whether people of a custom database are known to have second factors.</summary>
    Task<bool> HasSecondFactorsAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Remembers for good that people of a custom database have second factors.</summary>
    Task NoteSecondFactorsAsync(Guid id, CancellationToken cancellationToken = default);
}
