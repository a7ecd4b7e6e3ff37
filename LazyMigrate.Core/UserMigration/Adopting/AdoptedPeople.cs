using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Data;
using LazyMigrate.Core.Outbox;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Conflicts;
using LazyMigrate.Core.Users.Passwords;
using LazyMigrate.Core.Users.SecondFactors;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ActivityEvent = LazyMigrate.Core.Activity.ActivityEvent;

namespace LazyMigrate.Core.UserMigration.Adopting;

/// <summary>An application's users, in its own database. Events, tombstones and messages are in LazyMigrate's, so no transaction spans both.</summary>
internal sealed class AdoptedPeople<TUser>(
    AdoptedStore<TUser> store,
    ConfiguredDatabase database,
    IServiceScopeFactory scopes,
    HashingSlots hashing,
    OutboxWriter outbox,
    AdoptedRecords records,
    TotpProtector totp,
    ILogger<AdoptedPeople<TUser>> logger) : ILocalPeople
    where TUser : class, new()
{
    /// <summary>An application has no page that asks for a new password, so none can be demanded.</summary>
    public Task<bool> IsWeakAsync(AppUser user, string password) => Task.FromResult(false);

    public async Task<bool> CheckPasswordAsync(AppUser user, string password) =>
        user.PasswordHash is { } hash && (await hashing.VerifyAsync(user, hash, password)).IsRight;

    public OutboxMessage MovedMessage(PublishedDatabase database, UserIdentifier identifier, AppUser user) =>
        AdoptedUserMigratedHandler<TUser>.MessageFor(outbox, database, identifier, user);

    public async Task<MoveResult> TryMoveAsync(UserIdentifier identifier, AppUser user, LegacyGrants grants, ActivityEvent moved, OutboxMessage? message, CancellationToken cancellationToken)
    {
        if (message is not null)
        {
            // Before the move, and not due before it: so it is there if the process dies right after the commit. Without a move it comes to nothing.
            message.DueAt += AdoptedUserMigratedHandler<TUser>.LongestMove;
            await records.AddAsync(message, cancellationToken);
        }

        var result = await MoveAsync(identifier, user, grants, cancellationToken);
        if (message is not null)
        {
            await records.ReleaseAsync(message, isWanted: result == MoveResult.Moved);
        }

        if (result == MoveResult.Moved)
        {
            await records.TryAddAsync(moved);
        }

        return result;
    }

    /// <summary>Never called: whoever is here without a password is Identity's, as always.</summary>
    public Task<MoveResult> TryLinkAsync(AppUser existing, AppUser accepted, LegacyGrants grants, ActivityEvent linked, OutboxMessage? message, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public async Task<AppUser?> FindAgainAsync(UserIdentifier identifier, AppUser accepted, CancellationToken cancellationToken)
    {
        if (await store.FindByLinkAsync(LegacyLink.Of(database.Current, accepted.LegacyId!)) is not { } owner)
        {
            return null;
        }

        // Also by another identifier of theirs than the one they were moved by: the password here decides.
        return new AppUser
        {
            Id = await SubjectIdOfAsync(owner),
            CustomDatabaseId = accepted.CustomDatabaseId,
            LegacyId = accepted.LegacyId,
            PasswordHash = await store.Passwords.GetPasswordHashAsync(owner, cancellationToken),
        };
    }

    public async Task<IReadOnlyList<(string Field, Guid OwnerId)>> FindOwnersAsync(AppUser user, CancellationToken cancellationToken)
    {
        var taken = new List<(string, Guid)>();
        foreach (var owner in user.NormalizedEmail is { } email ? await store.FindByEmailAsync(email) : [])
        {
            taken.Add(("email", await SubjectIdOfAsync(owner)));
        }

        foreach (var (field, name) in new[] { ("email", user.NormalizedEmail), ("phone", user.NormalizedPhoneNumber), ("username", user.NormalizedUserName) })
        {
            if (name is not null && await store.FindByNameAsync(name) is { } owner)
            {
                taken.Add((field, await SubjectIdOfAsync(owner)));
            }
        }

        if (await store.FindByLinkAsync(LegacyLink.Of(database.Current, user.LegacyId!)) is { } linked)
        {
            taken.Add(("id", await SubjectIdOfAsync(linked)));
        }

        return taken;
    }

    /// <summary>An application has no page to decide it on: the event is all there is.</summary>
    public Task<ConflictState?> RecordConflictAsync(UserIdentifier identifier, AppUser accepted, IReadOnlyList<(string Field, Guid OwnerId)> owners, AppUser? existing, CancellationToken cancellationToken) =>
        Task.FromResult<ConflictState?>(null);

    /// <summary>The application's key where it is a GUID, else one made of it.</summary>
    private async Task<Guid> SubjectIdOfAsync(TUser user)
    {
        var id = await store.Users.GetUserIdAsync(user, CancellationToken.None);
        return Guid.TryParse(id, out var guid) ? guid : ConfiguredDatabase.IdOf(id);
    }

    // In a scope of its own: whatever the request has changed in its context is not stored by this, nor forgotten.
    private async Task<MoveResult> MoveAsync(UserIdentifier identifier, AppUser user, LegacyGrants grants, CancellationToken cancellationToken)
    {
        var link = LegacyLink.Of(database.Current, user.LegacyId!);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var users = (LazyMigrationUserManager<TUser>)scope.ServiceProvider.GetRequiredService<UserManager<TUser>>();
            var own = scope.ServiceProvider.GetRequiredService<AdoptedStore<TUser>>();

            // An application's strategy may try the whole transaction again.
            return await own.Context.Database.CreateExecutionStrategy().ExecuteAsync(
                async () =>
                {
                    own.Context.ChangeTracker.Clear();
                    await using var transaction = await own.Context.Database.BeginTransactionAsync(cancellationToken);
                    var result = await InsertAsync(scope.ServiceProvider, users, own, identifier, user, grants, link);

                    // After the insert, which waits for a deletion of the same person that is not committed yet: its tombstone is there before it.
                    result = result == MoveResult.Moved && await records.IsDeletedAsync(user, link, cancellationToken) ? MoveResult.Deleted : result;
                    if (result == MoveResult.Moved)
                    {
                        await transaction.CommitAsync(cancellationToken);
                    }

                    return result;
                });
        }
        catch (DbUpdateException exception)
        {
            // Which index refused it, each database says in its own words. That somebody is there now says as much.
            await using var scope = scopes.CreateAsyncScope();
            var own = scope.ServiceProvider.GetRequiredService<AdoptedStore<TUser>>();
            if (await own.FindByNameAsync(identifier.Canonical) is null && await own.FindByLinkAsync(link) is null)
            {
                throw;
            }

            Log.MoveLost(logger, exception);
            return MoveResult.Taken;
        }
    }

    private async Task<MoveResult> InsertAsync(IServiceProvider services, LazyMigrationUserManager<TUser> users, AdoptedStore<TUser> own, UserIdentifier identifier, AppUser user, LegacyGrants grants, LegacyLink link)
    {
        if (await own.FindByLinkAsync(link) is not null
            || await own.FindByNameAsync(identifier.Canonical) is not null
            || (user.NormalizedEmail is { } email && (await own.FindByEmailAsync(email)).Count > 0))
        {
            return MoveResult.Taken;
        }

        var moved = new TUser();
        foreach (var setup in services.GetServices<IMovedUserSetup<TUser>>())
        {
            setup.SetUp(moved, user);
        }

        await FillAsync(own, moved, identifier, user);
        var result = await users.CreateMovedAsync(moved);
        if (result.Succeeded)
        {
            result = await users.AddLoginAsync(moved, new UserLoginInfo(link.Provider, link.Key, database.Current.Name));
        }

        if (result.Succeeded && grants.ProtectedTotpSecret is { } secret)
        {
            result = await GiveSecondFactorAsync(users, own, moved, secret);
        }

        if (!result.Succeeded)
        {
            var codes = result.Errors.Select(error => error.Code).ToList();
            if (codes.Any(code => code is nameof(IdentityErrorDescriber.DuplicateUserName) or nameof(IdentityErrorDescriber.DuplicateEmail) or nameof(IdentityErrorDescriber.LoginAlreadyAssociated)))
            {
                return MoveResult.Taken;
            }

            Log.MoveRefused(logger, string.Join(", ", codes));
            return MoveResult.Refused;
        }

        // Identity's index on the address is not unique: two people of one address, moved at once by their user names, must not both be here.
        return user.NormalizedEmail is { } address && (await own.FindByEmailAsync(address)).Count > 1 ? MoveResult.Taken : MoveResult.Moved;
    }

    /// <summary>Where Identity keeps the secret of an authenticator app: it asks for the code from then on. Without such a place nobody is moved, or they would lose the second factor.</summary>
    private async Task<IdentityResult> GiveSecondFactorAsync(LazyMigrationUserManager<TUser> users, AdoptedStore<TUser> own, TUser moved, string protectedSecret)
    {
        if (own.Users is not (IUserAuthenticatorKeyStore<TUser> keys and IUserTwoFactorStore<TUser> factors) || totp.TryUnprotect(protectedSecret) is not { } secret)
        {
            return IdentityResult.Failed(new IdentityError { Code = "NoPlaceForSecondFactor" });
        }

        await keys.SetAuthenticatorKeyAsync(moved, Base32.Encode(secret), CancellationToken.None);
        await factors.SetTwoFactorEnabledAsync(moved, true, CancellationToken.None);
        var result = await own.Users.UpdateAsync(moved, CancellationToken.None);

        // Without a token provider (AddDefaultTokenProviders) Identity would not ask for a code, and let the person in without.
        return result.Succeeded && !(await users.GetValidTwoFactorProvidersAsync(moved)).Contains(users.Options.Tokens.AuthenticatorTokenProvider)
            ? IdentityResult.Failed(new IdentityError { Code = "NoPlaceForSecondFactor" })
            : result;
    }

    private static async Task FillAsync(AdoptedStore<TUser> own, TUser moved, UserIdentifier identifier, AppUser user)
    {
        switch (moved)
        {
            // The same id in the activity as in the application.
            case IdentityUser<Guid> withGuid:
                withGuid.Id = user.Id;
                break;
            case IdentityUser<string> withString:
                withString.Id = user.Id.ToString();
                break;
        }

        // Identity's own pages and endpoints log in by the user name, so it is what the person types.
        await own.Users.SetUserNameAsync(moved, identifier.Canonical, CancellationToken.None);
        await own.Emails.SetEmailAsync(moved, user.Email, CancellationToken.None);
        await own.Emails.SetEmailConfirmedAsync(moved, user.EmailConfirmed, CancellationToken.None);
        await own.Passwords.SetPasswordHashAsync(moved, user.PasswordHash, CancellationToken.None);
        if (own.Users is IUserPhoneNumberStore<TUser> phones)
        {
            await phones.SetPhoneNumberAsync(moved, user.PhoneNumber, CancellationToken.None);
            await phones.SetPhoneNumberConfirmedAsync(moved, false, CancellationToken.None);
        }
    }
}

/// <summary>Whether an identifier is free here is Identity's to say, by the application's own validators; only the legacy database is asked besides.</summary>
internal sealed class IdentityDecides : IKnownPeople
{
    public Task<bool> IsHereAsync(UserIdentifier identifier, Guid? self, CancellationToken cancellationToken) => Task.FromResult(false);

    public Task<bool> HasTombstoneAsync(UserIdentifier identifier, CancellationToken cancellationToken) => Task.FromResult(false);
}
