using System.Diagnostics;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Core.Users;

namespace LazyMigrate.Core.UserMigration;

/// <summary>Says whether identifiers are free in both stores. It fails closed: an unknown answer of the legacy database is not "free".</summary>
/// <remarks>Rows are those of docs/flows.md, "Register".</remarks>
public sealed class RegistrationGuard(IPublishedDatabases databases, LegacyDirectory legacy, IKnownPeople known)
{
    /// <summary>Asks the local store first, then the look-up script, about each identifier that is set.</summary>
    /// <param name="identifiers">What is wanted.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="self">Who wants it, if that is somebody who is here: what is theirs in the legacy database is not somebody else's.</param>
    public async Task<RegistrationAnswer> CheckAsync(IReadOnlyList<UserIdentifier> identifiers, CancellationToken cancellationToken, AppUser? self = null)
    {
        foreach (var identifier in identifiers)
        {
            if (await known.IsHereAsync(identifier, self?.Id, cancellationToken))
            {
                // Row 2.
                return new RegistrationAnswer.KnownHere(identifier.Kind);
            }

            if (await known.HasTombstoneAsync(identifier, cancellationToken))
            {
                // A deleted person's name is not free for a stranger to take.
                return new RegistrationAnswer.DeletedHere(identifier.Kind);
            }
        }

        var database = await databases.GetPublishedAsync(cancellationToken);
        if (database is null or { Mode: MigrationMode.Off })
        {
            // Row 6.
            return new RegistrationAnswer.Free();
        }

        foreach (var identifier in identifiers)
        {
            switch (await legacy.SearchAsync(database, identifier, cancellationToken))
            {
                case SearchOutcome.NotFound:
                    break;
                case SearchOutcome.Found found when self?.LegacyId == found.Profile.Id && self.CustomDatabaseId == database.Id:
                    // Their own, in the legacy database, too.
                    break;
                case SearchOutcome.Found:
                    // Row 3.
                    return new RegistrationAnswer.KnownInLegacy(identifier.Kind, database.Id);
                case SearchOutcome.Failed failed:
                    // Row 4.
                    return new RegistrationAnswer.Unknown(failed.Failure, database.Id);
                case SearchOutcome.Invalid invalid:
                    // Row 4: there is somebody, but not as the contract says.
                    var message = string.Join(" ", invalid.Problems.Select(problem => problem.Message));
                    return new RegistrationAnswer.Unknown(new ScriptFailure(ScriptFailureKind.BadAnswer, message), database.Id);
                default:
                    throw new UnreachableException();
            }
        }

        // Row 5.
        return new RegistrationAnswer.Free();
    }
}

/// <summary>Whether identifiers are free: exactly one of the nested records.</summary>
public abstract record RegistrationAnswer
{
    private RegistrationAnswer()
    {
    }

    public sealed record Free : RegistrationAnswer;

    public sealed record KnownHere(IdentifierKind Kind) : RegistrationAnswer;

    /// <summary>Somebody of that name was deleted here.</summary>
    public sealed record DeletedHere(IdentifierKind Kind) : RegistrationAnswer;

    public sealed record KnownInLegacy(IdentifierKind Kind, Guid CustomDatabaseId) : RegistrationAnswer;

    /// <summary>The legacy database gave no usable answer.</summary>
    public sealed record Unknown(ScriptFailure Failure, Guid CustomDatabaseId) : RegistrationAnswer;
}
