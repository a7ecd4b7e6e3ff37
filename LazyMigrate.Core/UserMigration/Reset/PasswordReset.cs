using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Core.UserMigration.Registering;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Attempts;
using LazyMigrate.Core.Users.Passwords;
using Microsoft.AspNetCore.Identity;

namespace LazyMigrate.Core.UserMigration.Reset;

/// <summary>Gives whoever followed the link in the mail their new password; moves them with it where they are not here yet, and replaces an account that was registered with their address but never confirmed.</summary>
public sealed class PasswordReset(
    MigratingUserManager users,
    MigratingUserStore store,
    UserMigrator migrator,
    UnconfirmedAccount unconfirmed,
    LegacyDirectory legacy,
    SecondFactorGuard factors,
    AccountTickets tickets,
    HashingSlots hashing,
    ILoginDevice device,
    ActivityFactory activity,
    ActivityWriter writer)
{
    // To its end also when the browser leaves: either everything is changed or nothing.
    private static readonly CancellationToken s_toTheEnd = CancellationToken.None;

    /// <summary>Whether a link may still be good. Only using it tells for sure.</summary>
    public bool IsReadable(string? ticket) => tickets.Read<ResetTicket>(ticket) is not null;

    /// <summary>Sets the new password.</summary>
    public async Task<PasswordResetOutcome> ResetAsync(string? ticket, string password)
    {
        try
        {
            return tickets.Read<ResetTicket>(ticket) switch
            {
                { Local: { } local } => await ResetLocalAsync(local, password),
                { Legacy: { } unmoved } => await MoveAsync(unmoved, password),
                _ => new PasswordResetOutcome.LinkInvalid(),
            };
        }
        catch (HashingBusyException)
        {
            return new PasswordResetOutcome.TryAgainLater();
        }
    }

    private async Task<PasswordResetOutcome> ResetLocalAsync(LocalReset reset, string password)
    {
        if (await users.FindByIdAsync(reset.UserId.ToString()) is not { IsDisabled: false } user
            || !await users.VerifyUserTokenAsync(user, users.Options.Tokens.PasswordResetTokenProvider, UserManager<AppUser>.ResetPasswordTokenPurpose, reset.Token)
            || await factors.MayBeMissingAsync(user, s_toTheEnd))
        {
            return new PasswordResetOutcome.LinkInvalid();
        }

        if (await ValidateAsync(user, password) is { } refused)
        {
            return refused;
        }

        var hash = await hashing.HashAsync(user, password);
        if (UnconfirmedAccount.Is(user) && user.NormalizedEmail == reset.Email)
        {
            // Whoever reads the mail need not be who registered.
            return await unconfirmed.TryReplaceAsync(user, hash, s_toTheEnd) ? new PasswordResetOutcome.Reset() : new PasswordResetOutcome.LinkInvalid();
        }

        user.PasswordHash = hash;
        user.MustChangePassword = false;
        user.EmailConfirmed |= user.NormalizedEmail == reset.Email;
        store.Context.Add(activity.Create(ActivityKinds.PasswordReset, subjectId: user.Id, subjectName: user.DisplayName));

        // The new stamp ends all sessions, and this link and all others. Of two who follow it at once one is too late.
        var result = await users.UpdateSecurityStampAsync(user);
        if (!result.Succeeded)
        {
            store.Context.ChangeTracker.Clear();
            return new PasswordResetOutcome.LinkInvalid();
        }

        // Strangers may have used up the attempts: whoever reads the mail has some of their own.
        device.Remember(reset.Identifier);
        return new PasswordResetOutcome.Reset();
    }

    private async Task<PasswordResetOutcome> MoveAsync(LegacyReset reset, string password)
    {
        // Whoever is here by now has a password of their own: this link was used, or the old password was.
        if (await users.FindByIdentifierAsync(reset.Identifier) is not null || !await store.MayBeMailedAsync(reset.CustomDatabaseId, reset.LegacyId, s_toTheEnd))
        {
            return new PasswordResetOutcome.LinkInvalid();
        }

        var isName = reset.Identifier.Kind == IdentifierKind.UserName;
        if (await ValidateAsync(new AppUser { Email = reset.Email, UserName = isName ? reset.Identifier.Canonical : null }, password) is { } refused)
        {
            return refused;
        }

        var proof = new LegacyProof(ScriptKind.SearchUser, reset.Email, database => AskAsync(legacy, database, reset));
        switch (await migrator.MigrateAsync(reset.Identifier, password, s_toTheEnd, proof: proof))
        {
            case UserMigrationOutcome.Moved { IsFirst: true } moved:
                await writer.WriteAsync(activity.Create(ActivityKinds.PasswordReset, subjectId: moved.User.Id, subjectName: moved.User.DisplayName), s_toTheEnd);
                device.Remember(reset.Identifier);
                return new PasswordResetOutcome.Reset();
            case UserMigrationOutcome.Unavailable:
                return new PasswordResetOutcome.TryAgainLater();
            default:
                return new PasswordResetOutcome.LinkInvalid();
        }
    }

    /// <summary>The profile as it is now; it must still be the same person, with the same address.</summary>
    internal static async Task<LoginOutcome> AskAsync(LegacyDirectory legacy, PublishedDatabase database, LegacyReset reset) =>
        await legacy.SearchAsync(database, reset.Identifier, s_toTheEnd) switch
        {
            SearchOutcome.Found found when database.Id != reset.CustomDatabaseId
                || found.Profile.Id != reset.LegacyId
                || IdentifierParser.CanonicalEmail(found.Profile.Email) != reset.Email => new LoginOutcome.NoSuchUser(),
            SearchOutcome.Found { Profile.Blocked: true } blocked => new LoginOutcome.Blocked(blocked.Profile),
            SearchOutcome.Found found => new LoginOutcome.Accepted(found.Profile, found.Notes),
            SearchOutcome.Invalid invalid => new LoginOutcome.Invalid(invalid.Problems, invalid.HasUnusableSecondFactor),
            SearchOutcome.Failed failed => new LoginOutcome.Failed(failed.Failure),
            _ => new LoginOutcome.NoSuchUser(),
        };

    private async Task<PasswordResetOutcome.PasswordRefused?> ValidateAsync(AppUser user, string password)
    {
        var errors = new List<IdentityError>();
        if (password.Length > LocalPasswordHasher.LongestPassword)
        {
            errors.Add(new IdentityError { Code = MigratingUserManager.TooLongCode, Description = "The password is too long." });
        }

        foreach (var validator in users.PasswordValidators)
        {
            errors.AddRange((await validator.ValidateAsync(users, user, password)).Errors);
        }

        return errors.Count == 0 ? null : new PasswordResetOutcome.PasswordRefused(IdentityResult.Failed([.. errors]));
    }
}

/// <summary>What came of following the link to choose a new password: exactly one of the nested records.</summary>
public abstract record PasswordResetOutcome
{
    private PasswordResetOutcome()
    {
    }

    /// <summary>The new password is the only one; all sessions end.</summary>
    public sealed record Reset : PasswordResetOutcome;

    /// <summary>The password will not do; the link is still good.</summary>
    public sealed record PasswordRefused(IdentityResult Result) : PasswordResetOutcome;

    /// <summary>Out of date, used, made up, or not for anybody who may have a new password.</summary>
    public sealed record LinkInvalid : PasswordResetOutcome;

    /// <summary>Nothing is changed; the link is still good.</summary>
    public sealed record TryAgainLater : PasswordResetOutcome;
}
