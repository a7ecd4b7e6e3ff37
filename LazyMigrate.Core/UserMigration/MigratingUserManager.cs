using System.Diagnostics;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Data;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Passwords;
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
    HashingSlots hashing,
    DummyPassword dummy,
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

    /// <summary>The code of the error that says: a password is longer than any new one may be.</summary>
    public const string TooLongCode = "PasswordTooLong";

    internal static IdentityError TryAgainLater { get; } = new()
    {
        Code = LegacyUnavailableCode,
        Description = "Creating an account is not possible right now. Please try again in a few minutes.",
    };

    /// <summary>Finds a user of the local store by the canonical form of one identifier.</summary>
    public Task<AppUser?> FindByIdentifierAsync(UserIdentifier identifier) => store.FindByIdentifierAsync(identifier, CancellationToken);

    /// <summary>As they are stored now, whatever this request has read before.</summary>
    internal Task<AppUser?> FindAgainAsync(UserIdentifier identifier) => store.FindAgainAsync(identifier, CancellationToken);

    /// <summary>Whether the rules for new passwords refuse this one.</summary>
    public async Task<bool> IsWeakAsync(AppUser user, string password)
    {
        // Beyond the rules' longest is not weak.
        return (await ValidatePasswordAsync(user, password)).Errors.Any(error => error.Code != TooLongCode);
    }

    /// <summary>Checks a password, in one of the slots; a hash with old parameters is replaced, and no session ends by it.</summary>
    /// <exception cref="HashingBusyException">The turn did not come in time.</exception>
    public override async Task<bool> CheckPasswordAsync(AppUser user, string password)
    {
        if (user.PasswordHash is not { } hash)
        {
            await dummy.VerifyAsync(password);
            return false;
        }

        var (isRight, upgraded) = await hashing.VerifyAsync(user, hash, password);
        if (upgraded is not null)
        {
            // Only in place of the hash that was verified: the password may have been changed meanwhile.
            await store.Context.Users
                .Where(row => row.Id == user.Id && row.PasswordHash == hash)
                .ExecuteUpdateAsync(update => update.SetProperty(row => row.PasswordHash, upgraded), CancellationToken);
            user.PasswordHash = upgraded;
        }

        return isRight;
    }

    /// <summary>Changes a password that its owner knows.</summary>
    /// <returns>Which of the two passwords will not do, or success; then all other sessions end.</returns>
    /// <exception cref="HashingBusyException">Nothing is changed.</exception>
    public override async Task<IdentityResult> ChangePasswordAsync(AppUser user, string currentPassword, string newPassword)
    {
        if (!await CheckPasswordAsync(user, currentPassword))
        {
            return IdentityResult.Failed(ErrorDescriber.PasswordMismatch());
        }

        if (await ValidateNewPasswordAsync(user, newPassword) is { Succeeded: false } invalid)
        {
            return invalid;
        }

        user.PasswordHash = await hashing.HashAsync(user, newPassword);
        user.MustChangePassword = false;
        store.Context.Add(activity.Create(ActivityKinds.PasswordChanged, new ActivityActor(user.Id, user.DisplayName), user.Id, user.DisplayName));
        var result = await UpdateSecurityStampAsync(user);
        if (!result.Succeeded)
        {
            store.Context.ChangeTracker.Clear();
        }

        return result;
    }

    /// <summary>Deletes a user for good: a tombstone keeps the legacy database from bringing them back, until an administrator lifts it.</summary>
    public override async Task<IdentityResult> DeleteAsync(AppUser user)
    {
        await using var transaction = store.Context.Database.CurrentTransaction is null ? await store.Context.BeginWithoutOnlyWriterAsync(CancellationToken) : null;
        store.Context.Add(Tombstone.Of(user, time.GetUtcNow()));
        await Tombstone.ForgetConflictsAsync(store.Context, [user.Id], time.GetUtcNow(), CancellationToken);
        store.Context.Add(activity.Create(ActivityKinds.UserDeleted, subjectId: user.Id, subjectName: user.DisplayName));
        var result = await base.DeleteAsync(user);
        if (!result.Succeeded)
        {
            store.Context.ChangeTracker.Clear();
        }
        else if (transaction is not null)
        {
            await transaction.CommitAsync(CancellationToken);
        }

        return result;
    }

    /// <summary>Creates a user with a password; it is hashed in one of the slots, and before anybody is asked.</summary>
    public override async Task<IdentityResult> CreateAsync(AppUser user, string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        if (await ValidateNewPasswordAsync(user, password) is { Succeeded: false } invalid)
        {
            return invalid;
        }

        try
        {
            user.PasswordHash = await hashing.HashAsync(user, password);
        }
        catch (HashingBusyException)
        {
            return IdentityResult.Failed(TryAgainLater);
        }

        return await CreateAsync(user);
    }

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
            case RegistrationAnswer.DeletedHere deleted:
                await WriteAsync(ActivityKinds.RegisterRefusedLocal, "Deleted", "Deleted here. Whoever is to come back needs the tombstone lifted.", null);
                return IdentityResult.Failed(Duplicate(user, deleted.Kind));
            case RegistrationAnswer.KnownInLegacy known:
                await WriteAsync(ActivityKinds.RegisterRefusedLegacy, known.Kind.ToString(), null, known.CustomDatabaseId);
                return IdentityResult.Failed(
                    Duplicate(user, known.Kind),
                    new IdentityError { Code = KnownInLegacyCode, Description = "You already have an account. Log in with the password you have always used." });
            case RegistrationAnswer.Unknown unknown:
                await WriteAsync(ActivityKinds.RegisterFailed, unknown.Failure.Kind.ToString(), unknown.Failure.Message, unknown.CustomDatabaseId);
                return IdentityResult.Failed(TryAgainLater);
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

    /// <summary>Whether somebody can have a password from now on.</summary>
    internal async Task<IdentityResult> ValidateNewPasswordAsync(AppUser user, string password) =>
        password.Length > LocalPasswordHasher.LongestPassword
            ? IdentityResult.Failed(new IdentityError { Code = TooLongCode, Description = "The password is too long." })
            : await ValidatePasswordAsync(user, password);

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
