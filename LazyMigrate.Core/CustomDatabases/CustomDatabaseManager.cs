using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Data;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LazyMigrate.Core.CustomDatabases;

/// <summary>The custom database's settings: read, saved, and read as log-ins use them. There is one at a time.</summary>
public sealed class CustomDatabaseManager(
    IDbContextFactory<AppDbContext> contexts,
    SecretProtector secrets,
    ActivityFactory activity,
    TimeProvider time,
    ILegacyPools pools,
    IOptions<CustomDatabaseOptions> options) : IPublishedDatabases
{
    /// <summary>The settings, or null while there is no custom database.</summary>
    public async Task<CustomDatabaseSettings?> GetAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var database = await CurrentAsync(context.CustomDatabases.AsNoTracking(), cancellationToken);
        return database is null ? null : ToSettings(database);
    }

    /// <summary>The mode alone: what is asked at every log-in of somebody unknown, and shown on every page of the console.</summary>
    public async Task<MigrationMode> GetModeAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.CustomDatabases.OrderBy(database => database.CreatedAt).Select(database => database.Mode).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Stores settings; creates the custom database where there is none.</summary>
    public async Task<CustomDatabaseSave> SaveAsync(CustomDatabaseEdit edit, ActivityActor actor, CancellationToken cancellationToken = default)
    {
        var problems = CustomDatabaseEditValidator.Validate(edit);
        secrets.LoadKeys();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);

        // Two administrators who create at once must not make two of them.
        await using var transaction = await context.BeginAsOnlyWriterAsync(cancellationToken);
        var database = await CurrentAsync(context.CustomDatabases, cancellationToken);
        if ((database is null) != (edit.ConcurrencyStamp is null) || (database is not null && database.ConcurrencyStamp != edit.ConcurrencyStamp))
        {
            return new CustomDatabaseSave.ChangedMeanwhile();
        }

        var (storedUri, stored) = secrets.TryUnprotect(database, out var areLost);
        problems.AddRange(edit.Variables
            .Where(pair => pair.Value is null && !stored.ContainsKey(pair.Key))
            .Select(pair => new FieldProblem($"Variables.{pair.Key}", areLost ? "The stored value can no longer be read: enter it again." : "Give the new variable a value.")));
        if (areLost && edit.NewUri is null && storedUri is null && database!.ProtectedUri is not null)
        {
            problems.Add(new FieldProblem(nameof(edit.NewUri), "The stored connection URI can no longer be read: enter it again."));
        }

        if (database is { IsSample: true })
        {
            problems.Add(new FieldProblem("", "The sample's settings cannot be changed. Remove the sample to connect a database of your own."));
        }

        if (database is not null && database.Type != edit.Type && edit.NewUri is null && database.ProtectedUri is not null)
        {
            problems.Add(new FieldProblem(nameof(edit.NewUri), "The type was changed: enter the connection URI again."));
        }

        if (problems.Count > 0)
        {
            return new CustomDatabaseSave.Refused(problems);
        }

        var change = SettingsChange.Describe(database is null ? null : ToSettings(database, storedUri, stored.Keys), edit, stored.Keys);
        if (database is null)
        {
            database = new CustomDatabase { Name = edit.Name.Trim(), CreatedAt = time.GetUtcNow() };
            context.Add(database);
        }

        database.Name = edit.Name.Trim();
        database.Type = edit.Type;
        if (edit.NewUri is not null)
        {
            database.ProtectedUri = secrets.Protect(edit.NewUri.Trim());
        }

        database.ProtectedVariables = secrets.ProtectVariables(edit.Variables.ToDictionary(pair => pair.Key, pair => pair.Value ?? stored[pair.Key]));
        database.AllowedHosts = CanonicalHosts(edit.AllowedHosts);
        database.TrustsEmailVerified = edit.TrustsEmailVerified;
        database.AllowedRoles = Trimmed(edit.AllowedRoles);
        database.UpdatedAt = time.GetUtcNow();
        database.ConcurrencyStamp = Guid.NewGuid();
        context.Add(activity.Create(ActivityKinds.DatabaseSaved, actor, customDatabaseId: database.Id, detail: change));
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new CustomDatabaseSave.ChangedMeanwhile();
        }

        // Connections with the old address or password are of no use to anybody.
        await ClosePoolsAsync(database.Id, actor, cancellationToken);
        return new CustomDatabaseSave.Saved(ToSettings(database));
    }

    /// <summary>Mode, settings and published scripts in one reading, or null while there is no custom database.</summary>
    public async Task<PublishedDatabase?> GetPublishedAsync(CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var database = await CurrentAsync(
            context.CustomDatabases.AsNoTracking().Include(database => database.Scripts).ThenInclude(script => script.PublishedVersion),
            cancellationToken);
        if (database is null)
        {
            return null;
        }

        var connection = Connection(database, newUri: null);
        return new PublishedDatabase
        {
            Id = database.Id,
            Name = database.Name,
            Mode = database.Mode,
            TrustsEmailVerified = database.TrustsEmailVerified,
            AllowedRoles = database.AllowedRoles,
            Variables = connection.Variables,
            Access = connection.Access,
            Secrets = connection.Secrets,
            Scripts = database.Scripts
                .Where(script => script.PublishedVersion is not null)
                .ToDictionary(
                    script => script.Kind,
                    script => new PublishedScript(script.PublishedVersion!.Id, script.PublishedVersion.Number, script.PublishedVersion.Source, script.PublishedVersion.Dialect)),
        };
    }

    public async Task<bool> HasSecondFactorsAsync(Guid id, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.CustomDatabases.AnyAsync(database => database.Id == id && database.SecondFactorsSeen, cancellationToken);
    }

    public async Task NoteSecondFactorsAsync(Guid id, CancellationToken cancellationToken = default)
    {
        // Asked first: it is known at all log-ins but one, and a write waits for other writers.
        if (await HasSecondFactorsAsync(id, cancellationToken))
        {
            return;
        }

        // Not the concurrency stamp: no setting has changed under the hands of whoever edits them.
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.CustomDatabases
            .Where(database => database.Id == id && !database.SecondFactorsSeen)
            .ExecuteUpdateAsync(update => update.SetProperty(database => database.SecondFactorsSeen, true), cancellationToken);
    }

    /// <summary>What a connection test needs: the stored URI, or <paramref name="newUri"/> where one was typed but not saved yet.</summary>
    public async Task<(string Uri, LegacyAccess Access)?> GetConnectionAsync(CustomDatabaseType type, string? newUri, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var database = await CurrentAsync(context.CustomDatabases.AsNoTracking(), cancellationToken)
            ?? new CustomDatabase { Name = "" };
        database.Type = type;
        var connection = Connection(database, string.IsNullOrWhiteSpace(newUri) ? null : newUri.Trim());
        return connection.Variables["DB_CONNECTION_URI"] is { Length: > 0 } uri
            ? (type == CustomDatabaseType.Sqlite ? ConnectionVariables.SqlitePath(uri) : uri, connection.Access)
            : null;
    }

    internal static async Task<CustomDatabase?> CurrentAsync(IQueryable<CustomDatabase> databases, CancellationToken cancellationToken) =>
        await databases.OrderBy(database => database.CreatedAt).FirstOrDefaultAsync(cancellationToken);

    private CustomDatabaseSettings ToSettings(CustomDatabase database)
    {
        var (uri, variables) = secrets.TryUnprotect(database, out var areLost);
        return ToSettings(database, uri, variables.Keys) with { AreSecretsLost = areLost };
    }

    private async Task ClosePoolsAsync(Guid databaseId, ActivityActor actor, CancellationToken cancellationToken)
    {
        var closed = pools.Read();
        await pools.CloseAsync();
        if (closed.Count > 0)
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            context.Add(activity.Create(
                ActivityKinds.PoolsClosed,
                actor,
                customDatabaseId: databaseId,
                detail: $"The settings were saved. {string.Join(", ", closed.Select(pool => $"{pool.Module} {pool.Address}"))}."));
            await context.SaveChangesAsync(cancellationToken);
        }
    }

    private ConnectionVariables Connection(CustomDatabase database, string? newUri) =>
        ConnectionVariables.Create(
            database.Type,
            newUri ?? secrets.Unprotect(database.ProtectedUri),
            secrets.UnprotectVariables(database.ProtectedVariables),
            database.AllowedHosts,
            options.Value.SqliteFolder);

    internal static List<string> CanonicalHosts(IEnumerable<string> hosts) =>
        hosts.Select(host => host.Trim().ToLowerInvariant()).Distinct().ToList();

    internal static List<RoleMapping> Trimmed(IEnumerable<RoleMapping> roles) =>
        roles.Select(role => new RoleMapping(role.Legacy.Trim(), role.Local.Trim())).ToList();

    internal static CustomDatabaseSettings ToSettings(CustomDatabase database, string? uri, IEnumerable<string> variableNames) => new()
    {
        Id = database.Id,
        Name = database.Name,
        Type = database.Type,
        Mode = database.Mode,
        MaskedUri = ConnectionVariables.Mask(database.Type, uri),
        VariableNames = variableNames.Order(StringComparer.Ordinal).ToList(),
        AllowedHosts = database.AllowedHosts,
        TrustsEmailVerified = database.TrustsEmailVerified,
        AllowedRoles = database.AllowedRoles,
        IsSample = database.IsSample,
        AreSecretsLost = false,
        UpdatedAt = database.UpdatedAt,
        ConcurrencyStamp = database.ConcurrencyStamp,
    };
}
