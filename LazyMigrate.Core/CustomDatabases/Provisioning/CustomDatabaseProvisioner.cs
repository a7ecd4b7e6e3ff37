using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Data;
using LazyMigrate.Core.Scripting;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Core.CustomDatabases.Provisioning;

/// <summary>Configures the custom database of a first start from a folder, so that a server can be set up without a browser.</summary>
/// <remarks>
/// The folder counts once. On later starts nothing is overwritten, whatever it holds by then, and its faults do not matter any
/// more: what is configured was checked when it was stored.
/// </remarks>
public sealed class CustomDatabaseProvisioner(
    IDbContextFactory<AppDbContext> contexts,
    IScriptInspector inspector,
    SecretProtector secrets,
    ActivityFactory activity,
    TimeProvider time)
{
    private const string Note = "provisioned";

    /// <summary>Reads the folder and, where no custom database is configured yet, stores all of it in one transaction.</summary>
    /// <param name="folder">With <c>database.json</c>, <c>login.js</c> and <c>searchUser.js</c>; the other scripts are optional.</param>
    /// <param name="cancellationToken">Gives up; nothing is stored.</param>
    public async Task<ProvisioningResult> ProvisionAsync(string folder, CancellationToken cancellationToken = default)
    {
        var files = new CustomDatabaseFolder(folder, inspector, Environment.GetEnvironmentVariable);
        if (!files.Exists)
        {
            return new ProvisioningResult.Faulty([new FolderFault("", $"There is no folder {folder}.")]);
        }

        var hash = await files.HashAsync(cancellationToken);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await CompareAsync(context, hash, cancellationToken) is { } configured)
        {
            return configured;
        }

        var reading = await files.ReadAsync(cancellationToken);
        if (reading is FolderReading.Faulty faulty)
        {
            return new ProvisioningResult.Faulty(faulty.Faults);
        }

        var content = ((FolderReading.Complete)reading).Content;
        secrets.LoadKeys();
        await using var transaction = await context.BeginAsOnlyWriterAsync(cancellationToken);
        if (await CompareAsync(context, hash, cancellationToken) is { } quicker)
        {
            // Another node was provisioned at the same moment.
            return quicker;
        }

        var database = CreateDatabase(content, hash);
        context.Add(database);
        context.Add(activity.Create(ActivityKinds.DatabaseSaved, ActivityActor.System, customDatabaseId: database.Id, detail: $"Provisioned. {SettingsChange.Describe(null, content.Settings, [])}"));
        await context.SaveChangesAsync(cancellationToken);

        // A version refers to its script and the script to the version: two saves, one transaction.
        foreach (var script in database.Scripts)
        {
            Publish(context, script);
        }

        if (database.Mode != MigrationMode.Off)
        {
            context.Add(activity.Create(
                ActivityKinds.ModeChanged,
                ActivityActor.System,
                customDatabaseId: database.Id,
                outcome: database.Mode.ToString(),
                detail: $"From {MigrationMode.Off} to {database.Mode}."));
        }

        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new ProvisioningResult.Provisioned(
            CustomDatabaseManager.ToSettings(database, content.Settings.NewUri, content.Settings.Variables.Keys));
    }

    /// <returns>Null while nothing is configured.</returns>
    private static async Task<ProvisioningResult?> CompareAsync(AppDbContext context, string hash, CancellationToken cancellationToken) =>
        await CustomDatabaseManager.CurrentAsync(context.CustomDatabases.AsNoTracking(), cancellationToken) switch
        {
            null => null,
            { ProvisionedHash: { } stored } when stored == hash => new ProvisioningResult.Unchanged(),
            var database => new ProvisioningResult.Differs(database.Name),
        };

    private CustomDatabase CreateDatabase(ProvisionedContent content, string hash)
    {
        var now = time.GetUtcNow();
        var settings = content.Settings;
        return new CustomDatabase
        {
            Name = settings.Name.Trim(),
            Type = settings.Type,
            Mode = content.Mode,
            ProtectedUri = secrets.Protect(settings.NewUri?.Trim()),
            ProtectedVariables = secrets.ProtectVariables(settings.Variables.ToDictionary(pair => pair.Key, pair => pair.Value!)),
            AllowedHosts = CustomDatabaseManager.CanonicalHosts(settings.AllowedHosts),
            TrustsEmailVerified = settings.TrustsEmailVerified,
            AllowedRoles = CustomDatabaseManager.Trimmed(settings.AllowedRoles),
            ProvisionedHash = hash,
            CreatedAt = now,
            UpdatedAt = now,
            Scripts = [.. content.Scripts.Select(script => new DatabaseScript
            {
                Kind = script.Key,
                Draft = script.Value,
                DraftDialect = DialectOf(script.Key),
                DraftSavedAt = now,
                DraftSavedBy = ActivityActor.System.Name,

                // Whoever provisions has tested elsewhere; the switch must not ask for it again.
                TestedHash = DatabaseScriptManager.HashOf(script.Value, DialectOf(script.Key)),
            })],
        };

        ScriptDialect? DialectOf(ScriptKind kind) => content.Dialects.TryGetValue(kind, out var dialect) ? dialect : null;
    }

    private void Publish(AppDbContext context, DatabaseScript script)
    {
        var version = new ScriptVersion
        {
            ScriptId = script.Id,
            Number = 1,
            Source = script.Draft,
            Dialect = script.DraftDialect,
            SourceHash = DatabaseScriptManager.HashOf(script.Draft, script.DraftDialect),
            Author = ActivityActor.System.Name,
            Note = Note,
            CreatedAt = time.GetUtcNow(),
            TestedAt = time.GetUtcNow(),
        };
        context.Add(version);
        script.PublishedVersionId = version.Id;
        script.IsPublishedTested = true;
        context.Add(activity.Create(
            ActivityKinds.ScriptPublished,
            ActivityActor.System,
            customDatabaseId: script.CustomDatabaseId,
            scriptVersionId: version.Id,
            outcome: script.Kind.ToString(),
            detail: "Version 1 published."));
    }
}
