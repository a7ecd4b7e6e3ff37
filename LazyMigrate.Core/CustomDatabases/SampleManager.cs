using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Activity.Chain;
using LazyMigrate.Core.Data;
using LazyMigrate.Core.Data.Sample;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LazyMigrate.Core.CustomDatabases;

/// <summary>The sample shop: a legacy database of 500 people to try the product with, loaded and removed with one button.</summary>
public sealed class SampleManager(
    IDbContextFactory<AppDbContext> contexts,
    SecretProtector secrets,
    ActivityFactory activity,
    ActivityRemover remover,
    TimeProvider time,
    IOptions<CustomDatabaseOptions> options) : IDisposable
{
    public const string Name = "Sample shop";

    // Two buttons pressed at once would write one file; across nodes the database decides.
    private readonly SemaphoreSlim _oneAtATime = new(1);

    /// <summary>Three people to try: with an e-mail address, with a user name in another script, with a phone number only.</summary>
    public static IReadOnlyList<SampleCredential> Credentials { get; } =
    [
        CredentialOf(SamplePerson.Of(SamplePerson.WithEmailId), person => person.Email!),
        CredentialOf(SamplePerson.Of(SamplePerson.ChineseId), person => person.UserName!, person => person.Email),
        CredentialOf(SamplePerson.Of(SamplePerson.WithoutEmailId), person => person.Phone!),
    ];

    /// <summary>Somebody whose password is right, and who is not let in all the same.</summary>
    public static SampleCredential BlockedPerson { get; } = CredentialOf(SamplePerson.Of(SamplePerson.BlockedId), person => person.Email!);

    /// <summary>Writes the shop's file, and stores it as the custom database with its three scripts as drafts.</summary>
    public async Task<SampleLoad> LoadAsync(ActivityActor actor, CancellationToken cancellationToken = default)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            if (await CustomDatabaseManager.CurrentAsync(context.CustomDatabases.AsNoTracking(), cancellationToken) is { } other)
            {
                return new SampleLoad.AlreadyHasDatabase(other.Name);
            }

            // The file first: without the row nobody reads it, and the next attempt writes it anew.
            await SampleShop.WriteAsync(options.Value.SqliteFolder, cancellationToken);
            secrets.LoadKeys();
            await using var transaction = await context.BeginAsOnlyWriterAsync(cancellationToken);
            if (await CustomDatabaseManager.CurrentAsync(context.CustomDatabases.AsNoTracking(), cancellationToken) is { } quicker)
            {
                if (!quicker.IsSample)
                {
                    SampleShop.Delete(options.Value.SqliteFolder);
                }

                return new SampleLoad.AlreadyHasDatabase(quicker.Name);
            }

            var database = CreateDatabase(actor);
            context.Add(database);
            context.Add(activity.Create(
                ActivityKinds.SampleLoaded,
                actor,
                customDatabaseId: database.Id,
                detail: $"{SamplePerson.Count} people in {SampleShop.FileName}."));
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return new SampleLoad.Loaded(CustomDatabaseManager.ToSettings(database, SampleShop.FileName, []), SamplePerson.Count);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Removes the sample wholly: the users who came from it, scripts, versions, settings, events and file. One event stays, that says so.</summary>
    public async Task<SampleRemoval> RemoveAsync(ActivityActor actor, CancellationToken cancellationToken = default)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            await using var transaction = await context.BeginAsOnlyWriterAsync(cancellationToken);
            var current = await CustomDatabaseManager.CurrentAsync(context.CustomDatabases.AsNoTracking(), cancellationToken);
            if (current is not { IsSample: true })
            {
                return new SampleRemoval.NotLoaded();
            }

            // Whoever was here before and was linked stays, as they were before.
            var users = context.Users.Where(user => user.CustomDatabaseId == current.Id && (user.Origin == UserOrigin.Migrated || user.Origin == UserOrigin.Imported));
            await remover.RemoveAsync(
                context,
                context.ActivityEvents.Where(item => item.CustomDatabaseId == current.Id
                    || users.Any(user => user.Id == item.SubjectId)
                    || users.Any(user => user.Id == item.ActorId)),
                cancellationToken);
            await context.Tombstones.Where(stone => stone.CustomDatabaseId == current.Id).ExecuteDeleteAsync(cancellationToken);
            var gone = await users.ExecuteDeleteAsync(cancellationToken);
            var stamp = Guid.NewGuid().ToString();
            await context.Users.Where(user => user.CustomDatabaseId == current.Id).ExecuteUpdateAsync(
                update => update
                    .SetProperty(user => user.LegacyId, (string?)null)
                    .SetProperty(user => user.CustomDatabaseId, (Guid?)null)
                    .SetProperty(user => user.MigratedAt, (DateTimeOffset?)null)
                    .SetProperty(user => user.MigratedByVersionId, (Guid?)null)
                    .SetProperty(user => user.ConcurrencyStamp, stamp),
                cancellationToken);
            await context.DatabaseScripts
                .Where(script => script.CustomDatabaseId == current.Id)
                .ExecuteUpdateAsync(update => update.SetProperty(script => script.PublishedVersionId, (Guid?)null), cancellationToken);
            await context.CustomDatabases.Where(database => database.Id == current.Id).ExecuteDeleteAsync(cancellationToken);
            context.Add(activity.Create(ActivityKinds.SampleRemoved, actor, detail: $"{gone} users had come from it."));
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);

            // The file last: with the row it could still be asked for.
            SampleShop.Delete(options.Value.SqliteFolder);
            return new SampleRemoval.Removed(gone);
        }
        catch (ActivityKeyUnreadableException exception)
        {
            return new SampleRemoval.Refused(exception.Message);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    private CustomDatabase CreateDatabase(ActivityActor actor)
    {
        var now = time.GetUtcNow();
        return new CustomDatabase
        {
            Name = Name,
            Type = CustomDatabaseType.Sqlite,
            Mode = MigrationMode.Off,
            ProtectedUri = secrets.Protect(SampleShop.FileName),
            TrustsEmailVerified = true,
            IsSample = true,
            CreatedAt = now,
            UpdatedAt = now,
            Scripts =
            [
                CreateScript(ScriptKind.Login, "login.js", actor, now),
                CreateScript(ScriptKind.SearchUser, "searchUser.js", actor, now),
                CreateScript(ScriptKind.CountUsers, "countUsers.js", actor, now),
            ],
        };
    }

    private static DatabaseScript CreateScript(ScriptKind kind, string file, ActivityActor actor, DateTimeOffset now) => new()
    {
        Kind = kind,
        Draft = ReadScript(file),
        DraftSavedAt = now,
        DraftSavedBy = actor.Name,
    };

    private static string ReadScript(string file)
    {
        using var stream = typeof(SampleManager).Assembly.GetManifestResourceStream($"LazyMigrate.Core.CustomDatabases.SampleScripts.{file}")
            ?? throw new InvalidOperationException($"The embedded sample script {file} is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static SampleCredential CredentialOf(SamplePerson person, Func<SamplePerson, string> identifier, Func<SamplePerson, string?>? other = null) =>
        new(person.FullName, identifier(person), person.Password) { OtherIdentifier = other?.Invoke(person) };
}
