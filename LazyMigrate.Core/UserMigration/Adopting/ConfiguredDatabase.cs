using System.Security.Cryptography;
using System.Text;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.CustomDatabases.Provisioning;
using LazyMigrate.Core.Data;
using LazyMigrate.Core.Scripting;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Core.UserMigration.Adopting;

/// <summary>The custom database of an application: read from its folder at each start, and never stored. Only what was learned of it is kept, in LazyMigrate's own database.</summary>
internal sealed class ConfiguredDatabase(AdoptionSettings settings, IScriptInspector inspector, IDbContextFactory<AppDbContext> contexts) : IPublishedDatabases
{
    private PublishedDatabase? _database;

    public PublishedDatabase Current => (_database ?? throw new InvalidOperationException("LazyMigrate has not started: its hosted services must run.")) is var database
        && settings.CurrentMode is { } mode ? database with { Mode = mode } : _database;

    public Task<PublishedDatabase?> GetPublishedAsync(CancellationToken cancellationToken = default) => Task.FromResult<PublishedDatabase?>(Current);

    public async Task<bool> HasSecondFactorsAsync(Guid id, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.CustomDatabases.AnyAsync(database => database.Id == id && database.SecondFactorsSeen, cancellationToken);
    }

    public async Task NoteSecondFactorsAsync(Guid id, CancellationToken cancellationToken = default)
    {
        if (await HasSecondFactorsAsync(id, cancellationToken))
        {
            return;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        context.Add(new CustomDatabase { Id = id, Name = Current.Name, SecondFactorsSeen = true });
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (UniqueViolation.Is(exception))
        {
            // Another log-in has noted it at the same moment.
        }
    }

    /// <summary>Reads the folder.</summary>
    /// <returns>What is wrong with it; then nothing else of this can be used.</returns>
    public async Task<IReadOnlyList<string>> LoadAsync(CancellationToken cancellationToken)
    {
        if (settings.CustomDatabaseFolder is not { } folder)
        {
            // Named by the settings.
            return [];
        }

        var reading = await new CustomDatabaseFolder(folder, inspector, settings.ValueOf).ReadAsync(cancellationToken);
        if (reading is FolderReading.Faulty faulty)
        {
            return [.. faulty.Faults.Select(fault => fault.File.Length == 0 ? fault.Reason : $"{folder}: {fault}")];
        }

        var content = ((FolderReading.Complete)reading).Content;
        if (content.Settings.AllowedRoles.Count > 0)
        {
            return [$"{folder}: database.json: allowedRoles: an application's roles are its own to give, and none are taken over. Remove it."];
        }

        var connection = ConnectionVariables.Create(
            content.Settings.Type,
            content.Settings.NewUri?.Trim(),
            content.Settings.Variables.ToDictionary(pair => pair.Key, pair => pair.Value!),
            CustomDatabaseManager.CanonicalHosts(content.Settings.AllowedHosts),
            settings.SqliteFolder!);
        var name = content.Settings.Name.Trim();
        _database = new PublishedDatabase
        {
            Id = IdOf(name),
            Name = name,
            Mode = content.Mode,
            TrustsEmailVerified = content.Settings.TrustsEmailVerified,
            Variables = connection.Variables,
            Access = connection.Access,
            Secrets = connection.Secrets,
            Scripts = content.Scripts.ToDictionary(
                script => script.Key,
                script => new PublishedScript(IdOf(script.Value), 1, script.Value, content.Dialects.TryGetValue(script.Key, out var dialect) ? dialect : null)),
        };
        return [];
    }

    /// <summary>An id that is the same at each start and on all nodes.</summary>
    public static Guid IdOf(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
