using System.Diagnostics;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Data;
using LazyMigrate.Core.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ActivityEvent = LazyMigrate.Core.Activity.ActivityEvent;

namespace LazyMigrate.Core.UserMigration;

/// <summary>Identity's user manager, which lets nobody be created whom the legacy database knows.</summary>
public sealed class MigratingUserManager(
    MigratingUserStore store,
    RegistrationGuard guard,
    ActivityFactory activity,
    ActivityWriter writer,
    TimeProvider time,
    IOptions<IdentityOptions> options,
    IPasswordHasher<AppUser> passwordHasher,
    IEnumerable<IUserValidator<AppUser>> userValidators,
    IEnumerable<IPasswordValidator<AppUser>> passwordValidators,
    ILookupNormalizer keyNormalizer,
    IdentityErrorDescriber errors,
    IServiceProvider services,
    ILogger<UserManager<AppUser>> logger)
    : UserManager<AppUser>(store, options, passwordHasher, userValidators, passwordValidators, keyNormalizer, errors, services, logger)
{
    /// <summary>The code of the error that says: this person is in the legacy database and can log in with the old password.</summary>
    public const string KnownInLegacyCode = "KnownInLegacyDatabase";

    /// <summary>The code of the error that says: whether the identifier is free cannot be known right now.</summary>
    public const string LegacyUnavailableCode = "LegacyDatabaseUnavailable";

    /// <summary>Finds a user of the local store by the canonical form of one identifier.</summary>
    public Task<AppUser?> FindByIdentifierAsync(UserIdentifier identifier) => store.FindByIdentifierAsync(identifier, CancellationToken);

    /// <summary>Creates a user whose identifiers are free in both stores.</summary>
    public override async Task<IdentityResult> CreateAsync(AppUser user)
    {
        user.NormalizedPhoneNumber = IdentifierParser.CanonicalPhone(user.PhoneNumber);
        user.PhoneNumber = user.NormalizedPhoneNumber ?? user.PhoneNumber;

        // What is malformed is refused before anybody is asked about it.
        foreach (var validator in UserValidators)
        {
            if (await validator.ValidateAsync(this, user) is { Succeeded: false } invalid)
            {
                return invalid;
            }
        }

        var identifiers = IdentifiersOf(user);
        var started = Stopwatch.GetTimestamp();
        switch (await guard.CheckAsync(identifiers, CancellationToken))
        {
            case RegistrationAnswer.Free:
                return await CreateFreeAsync(user, identifiers);
            case RegistrationAnswer.KnownHere known:
                await WriteAsync(ActivityKinds.RegisterRefusedLocal, known.Kind.ToString(), null, null);
                return IdentityResult.Failed(Duplicate(user, known.Kind));
            case RegistrationAnswer.KnownInLegacy known:
                await WriteAsync(ActivityKinds.RegisterRefusedLegacy, known.Kind.ToString(), null, known.CustomDatabaseId);
                return IdentityResult.Failed(
                    Duplicate(user, known.Kind),
                    new IdentityError { Code = KnownInLegacyCode, Description = "You already have an account. Log in with the password you have always used." });
            case RegistrationAnswer.Unknown unknown:
                await WriteAsync(ActivityKinds.RegisterFailed, unknown.Failure.Kind.ToString(), unknown.Failure.Message, unknown.CustomDatabaseId);
                return IdentityResult.Failed(new IdentityError
                {
                    Code = LegacyUnavailableCode,
                    Description = "Creating an account is not possible right now. Please try again in a few minutes.",
                });
            default:
                throw new UnreachableException();
        }

        Task WriteAsync(string kind, string word, string? detail, Guid? customDatabaseId) => writer.WriteAsync(
            activity.Create(
                kind,
                subjectName: identifiers[0].Canonical,
                customDatabaseId: customDatabaseId,
                duration: Stopwatch.GetElapsedTime(started),
                outcome: word,
                detail: detail),
            CancellationToken);
    }

    private async Task<IdentityResult> CreateFreeAsync(AppUser user, IReadOnlyList<UserIdentifier> identifiers)
    {
        // Who creates the first administrator tells it in an event of its own, which this save stores.
        if (!store.Context.ChangeTracker.Entries<ActivityEvent>().Any(entry => entry.State == EntityState.Added && entry.Entity.SubjectId == user.Id))
        {
            store.Context.Add(activity.Create(
                user.Origin == UserOrigin.CreatedByAdmin ? ActivityKinds.UserCreated : ActivityKinds.UserRegistered,
                subjectId: user.Id,
                subjectName: identifiers[0].Canonical));
        }

        try
        {
            var result = await base.CreateAsync(user);
            if (!result.Succeeded)
            {
                // Or the next save of this request would store the event of a user who does not exist.
                store.Context.ChangeTracker.Clear();
            }

            return result;
        }
        catch (DbUpdateException exception) when (UniqueViolation.Is(exception))
        {
            // Somebody took an identifier since it was checked.
            store.Context.ChangeTracker.Clear();
            foreach (var identifier in identifiers)
            {
                if (await FindByIdentifierAsync(identifier) is not null)
                {
                    return IdentityResult.Failed(Duplicate(user, identifier.Kind));
                }
            }

            throw;
        }
    }

    /// <summary>Stores the time of a log-in; nothing else of the user.</summary>
    internal async Task TouchLastLoginAsync(AppUser user)
    {
        var now = time.GetUtcNow();
        await store.Context.Users.Where(row => row.Id == user.Id).ExecuteUpdateAsync(update => update.SetProperty(row => row.LastLoginAt, now), CancellationToken);
    }

    private static List<UserIdentifier> IdentifiersOf(AppUser user)
    {
        var identifiers = new List<UserIdentifier>(3);
        Add(IdentifierKind.Email, IdentifierParser.CanonicalEmail(user.Email));
        Add(IdentifierKind.Phone, IdentifierParser.CanonicalPhone(user.PhoneNumber));
        Add(IdentifierKind.UserName, IdentifierParser.CanonicalUserName(user.UserName));
        return identifiers;

        void Add(IdentifierKind kind, string? canonical)
        {
            if (canonical is not null)
            {
                identifiers.Add(new UserIdentifier(kind, canonical));
            }
        }
    }

    private IdentityError Duplicate(AppUser user, IdentifierKind kind) => kind switch
    {
        IdentifierKind.Email => ErrorDescriber.DuplicateEmail(user.Email!),
        IdentifierKind.UserName => ErrorDescriber.DuplicateUserName(user.UserName!),
        _ => new IdentityError { Code = "DuplicatePhoneNumber", Description = $"Phone number '{user.PhoneNumber}' is already taken." },
    };
}
