using System.Data.Common;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Outbox;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.UserMigration.Reset;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Attempts;
using LazyMigrate.Core.Users.Passwords;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LazyMigrate.Core.UserMigration.Adopting;

/// <summary>An application's user manager, which lets nobody be created whom the legacy database knows. An application's own derives from it.</summary>
/// <remarks>Its constructor is that of Identity's, so that nothing changes for what derives from it.</remarks>
public class LazyMigrationUserManager<TUser>(
    IUserStore<TUser> store,
    IOptions<IdentityOptions> optionsAccessor,
    IPasswordHasher<TUser> passwordHasher,
    IEnumerable<IUserValidator<TUser>> userValidators,
    IEnumerable<IPasswordValidator<TUser>> passwordValidators,
    ILookupNormalizer keyNormalizer,
    IdentityErrorDescriber errors,
    IServiceProvider services,
    ILogger<UserManager<TUser>> logger)
    : UserManager<TUser>(store, optionsAccessor, passwordHasher, userValidators, passwordValidators, keyNormalizer, errors, services, logger)
    where TUser : class, new()
{
    // Who came by a code in a mail and is not here: known to nobody but the request that brought the code.
    private readonly ConditionalWeakTable<TUser, LegacyReset> _guests = [];

    internal IServiceProvider Services { get; } = services;

    private ConfiguredDatabase Database => Services.GetRequiredService<ConfiguredDatabase>();

    private AdoptedStore<TUser> AdoptedStore => Services.GetRequiredService<AdoptedStore<TUser>>();

    private AdoptedRecords Records => Services.GetRequiredService<AdoptedRecords>();

    private ActivityFactory Activity => Services.GetRequiredService<ActivityFactory>();

    /// <summary>Creates a user whose identifiers the legacy database does not know. It fails closed.</summary>
    /// <returns>With an error of the code <see cref="MigratingUserManager.KnownInLegacyCode"/> or <see cref="MigratingUserManager.LegacyUnavailableCode"/> where that is why not.</returns>
    public override async Task<IdentityResult> CreateAsync(TUser user)
    {
        ArgumentNullException.ThrowIfNull(user);

        // What is malformed or taken here is refused before anybody is asked about it.
        foreach (var validator in UserValidators)
        {
            if (await validator.ValidateAsync(this, user) is { Succeeded: false } invalid)
            {
                return invalid;
            }
        }

        var identifiers = IdentifiersOf(await Store.GetUserNameAsync(user, CancellationToken), await AdoptedStore.Emails.GetEmailAsync(user, CancellationToken));
        if (await FindProblemsAsync(identifiers, self: null) is { Length: > 0 } problems)
        {
            return IdentityResult.Failed(problems);
        }

        try
        {
            return await base.CreateAsync(user);
        }
        catch (DbUpdateException) when (identifiers.Count > 0)
        {
            // Somebody took the name since it was checked; Identity itself would fail with an error of the server.
            await using var scope = Services.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
            var name = await Store.GetUserNameAsync(user, CancellationToken);
            if (name is null || await scope.ServiceProvider.GetRequiredService<AdoptedStore<TUser>>().FindByNameAsync(name) is null)
            {
                throw;
            }

            return IdentityResult.Failed(ErrorDescriber.DuplicateUserName(name));
        }
    }

    /// <summary>Deletes a user for good: a tombstone keeps the legacy database from bringing them back, until <see cref="TombstoneManager.LiftAsync"/>.</summary>
    public override async Task<IdentityResult> DeleteAsync(TUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var stone = await TombstoneOfAsync(user);
        await Records.AddAsync(stone, CancellationToken);
        var result = IdentityResult.Failed();
        try
        {
            result = await base.DeleteAsync(user);
        }
        finally
        {
            if (!result.Succeeded)
            {
                await Records.RemoveAsync(stone);
            }
        }

        if (result.Succeeded)
        {
            await Records.TryAddAsync(Activity.Create(ActivityKinds.UserDeleted, subjectName: stone.NormalizedEmail ?? stone.NormalizedUserName));
        }

        return result;
    }

    public override async Task<IdentityResult> SetEmailAsync(TUser user, string? email) =>
        await FindProblemsAsync(user, null, email) is { Length: > 0 } problems ? IdentityResult.Failed(problems) : await base.SetEmailAsync(user, email);

    public override async Task<IdentityResult> SetUserNameAsync(TUser user, string? userName) =>
        await FindProblemsAsync(user, userName, null) is { Length: > 0 } problems ? IdentityResult.Failed(problems) : await base.SetUserNameAsync(user, userName);

    public override async Task<IdentityResult> ChangeEmailAsync(TUser user, string newEmail, string token)
    {
        // First the token: who has none learns nothing about the address.
        if (!await VerifyUserTokenAsync(user, Options.Tokens.ChangeEmailTokenProvider, GetChangeEmailTokenPurpose(newEmail), token))
        {
            return IdentityResult.Failed(ErrorDescriber.InvalidToken());
        }

        return await FindProblemsAsync(user, null, newEmail) is { Length: > 0 } problems ? IdentityResult.Failed(problems) : await base.ChangeEmailAsync(user, newEmail, token);
    }

    /// <summary>Finds a user by address.</summary>
    /// <remarks>
    /// Two callers get another answer than from Identity: <c>/forgotPassword</c> of <c>MapIdentityApi</c> finds nobody, because its wish is queued
    /// before any look-up; and <c>/resetPassword</c> finds a guest where the code was mailed to somebody who is not here yet.
    /// </remarks>
    public override async Task<TUser?> FindByEmailAsync(string email)
    {
        ArgumentNullException.ThrowIfNull(email);
        var requests = Services.GetRequiredService<IdentityApiRequests>();
        if (requests.IsForgotten(email))
        {
            return await TryAskForPasswordAsync(email) ? null : await base.FindByEmailAsync(email);
        }

        return await base.FindByEmailAsync(email)
            ?? (requests.ResetCodeOf(email) is { } code ? await FindGuestAsync(email, ResetCode.Read(code)) : null);
    }

    /// <summary>Sets a new password by a token that was mailed; moves the person with it where they are not here yet.</summary>
    public override async Task<IdentityResult> ResetPasswordAsync(TUser user, string token, string newPassword) =>
        _guests.TryGetValue(user, out var reset) ? await MoveAsync(user, reset, token, newPassword) : await base.ResetPasswordAsync(user, token, newPassword);

    /// <summary>For a page of the application's own: has a code mailed through its <see cref="IEmailSender{TUser}"/>, if there is whom to. Nobody is looked up before this returns.</summary>
    public async Task ForgotPasswordAsync(string email)
    {
        ArgumentNullException.ThrowIfNull(email);
        var identifier = IdentifierParser.CanonicalEmail(email) is { } canonical ? new UserIdentifier(IdentifierKind.Email, canonical) : null;
        var address = Services.GetRequiredService<IActivityRequest>().Address;
        if (await Services.GetRequiredService<AttemptLimiter>().MayMailAsync(identifier, address, CancellationToken) && identifier is not null)
        {
            var outbox = Services.GetRequiredService<OutboxWriter>();
            await outbox.EnqueueAsync(AdoptedPasswordForgottenHandler<TUser>.MessageFor(outbox, email), CancellationToken);
        }
    }

    /// <summary>For a page of the application's own: sets the new password by the code of the mail, of whoever it was mailed to.</summary>
    public async Task<IdentityResult> ResetForgottenPasswordAsync(string email, string code, string newPassword)
    {
        var token = ResetCode.Read(code);
        return token is not null && (await base.FindByEmailAsync(email) ?? await FindGuestAsync(email, token)) is { } user
            ? await ResetPasswordAsync(user, token, newPassword)
            : IdentityResult.Failed(ErrorDescriber.InvalidToken());
    }

    /// <summary>Creates a user whom the legacy database has just accepted.</summary>
    internal Task<IdentityResult> CreateMovedAsync(TUser user) => base.CreateAsync(user);

    private async Task<bool> TryAskForPasswordAsync(string email)
    {
        if (Database.Current.Mode != MigrationMode.LazyMigration)
        {
            return false;
        }

        try
        {
            await ForgotPasswordAsync(email);
            return true;
        }
        catch (Exception exception) when (exception is DbException or DbUpdateException)
        {
            Log.WishLost(Logger, exception);
            return false;
        }
    }

    /// <returns>A user who is nowhere but in this request, if the token was mailed to this address.</returns>
    private async Task<TUser?> FindGuestAsync(string email, string? token)
    {
        if (Services.GetRequiredService<AccountTickets>().Read<ResetTicket>(token) is not { Legacy: { } reset } || reset.Email != IdentifierParser.CanonicalEmail(email))
        {
            return null;
        }

        var guest = new TUser();
        var emails = AdoptedStore.Emails;
        await Store.SetUserNameAsync(guest, reset.Identifier.Canonical, CancellationToken);
        await emails.SetEmailAsync(guest, reset.Email, CancellationToken);
        await emails.SetEmailConfirmedAsync(guest, true, CancellationToken);
        _guests.Add(guest, reset);
        return guest;
    }

    private async Task<IdentityResult> MoveAsync(TUser guest, LegacyReset reset, string token, string newPassword)
    {
        if (Services.GetRequiredService<AccountTickets>().Read<ResetTicket>(token)?.Legacy != reset)
        {
            return IdentityResult.Failed(ErrorDescriber.InvalidToken());
        }

        if (newPassword.Length > LocalPasswordHasher.LongestPassword)
        {
            return IdentityResult.Failed(new IdentityError { Code = MigratingUserManager.TooLongCode, Description = "The password is too long." });
        }

        if (await ValidatePasswordAsync(guest, newPassword) is { Succeeded: false } refused)
        {
            return refused;
        }

        try
        {
            var legacy = Services.GetRequiredService<LegacyDirectory>();
            var proof = new LegacyProof(ScriptKind.SearchUser, reset.Email, database => PasswordReset.AskAsync(legacy, database, reset));

            // To its end also when the browser leaves: either everything is changed or nothing.
            return await Services.GetRequiredService<UserMigrator>().MigrateAsync(reset.Identifier, newPassword, CancellationToken.None, proof: proof) switch
            {
                UserMigrationOutcome.Moved { IsFirst: true } => IdentityResult.Success,
                UserMigrationOutcome.Unavailable => IdentityResult.Failed(TryAgainLater),
                _ => IdentityResult.Failed(ErrorDescriber.InvalidToken()),
            };
        }
        catch (HashingBusyException)
        {
            return IdentityResult.Failed(TryAgainLater);
        }
    }

    private static IdentityError TryAgainLater { get; } = new()
    {
        Code = MigratingUserManager.LegacyUnavailableCode,
        Description = "This is not possible right now. Please try again in a few minutes.",
    };

    /// <summary>Why somebody who is here cannot have a new user name or address. What is their own in the legacy database is not somebody else's.</summary>
    private async Task<IdentityError[]> FindProblemsAsync(TUser user, string? newUserName, string? newEmail)
    {
        ArgumentNullException.ThrowIfNull(user);
        var mine = IdentifiersOf(await Store.GetUserNameAsync(user, CancellationToken), await AdoptedStore.Emails.GetEmailAsync(user, CancellationToken));
        var wanted = IdentifiersOf(newUserName, newEmail).Except(mine).ToList();
        if (wanted.Count == 0)
        {
            return [];
        }

        var database = Database.Current;
        var key = await AdoptedStore.LegacyKeyOfAsync(user, LegacyLink.ProviderOf(database));
        return await FindProblemsAsync(wanted, key is null ? null : new AppUser { LegacyId = key, CustomDatabaseId = database.Id });
    }

    private async Task<IdentityError[]> FindProblemsAsync(List<UserIdentifier> identifiers, AppUser? self)
    {
        if (identifiers.Count == 0)
        {
            return [];
        }

        var started = Stopwatch.GetTimestamp();
        switch (await Services.GetRequiredService<RegistrationGuard>().CheckAsync(identifiers, CancellationToken, self))
        {
            case RegistrationAnswer.KnownInLegacy known:
                await WriteAsync(ActivityKinds.RegisterRefusedLegacy, known.Kind.ToString(), null);
                var taken = identifiers.First(identifier => identifier.Kind == known.Kind).Canonical;
                return
                [
                    known.Kind == IdentifierKind.Email ? ErrorDescriber.DuplicateEmail(taken) : ErrorDescriber.DuplicateUserName(taken),
                    new IdentityError { Code = MigratingUserManager.KnownInLegacyCode, Description = "You already have an account. Log in with the password you have always used." },
                ];
            case RegistrationAnswer.Unknown unknown:
                await WriteAsync(ActivityKinds.RegisterFailed, unknown.Failure.Kind.ToString(), unknown.Failure.Message);
                return [TryAgainLater];
            default:
                return [];
        }

        Task WriteAsync(string kind, string word, string? detail) => Records.TryAddAsync(Activity.Create(
            kind,
            subjectName: identifiers[0].Canonical,
            customDatabaseId: Database.Current.Id,
            duration: Stopwatch.GetElapsedTime(started),
            outcome: word,
            detail: detail));
    }

    private async Task<Tombstone> TombstoneOfAsync(TUser user)
    {
        var database = Database.Current;
        var identifiers = IdentifiersOf(await Store.GetUserNameAsync(user, CancellationToken), await AdoptedStore.Emails.GetEmailAsync(user, CancellationToken));
        return new Tombstone
        {
            DeletedAt = Services.GetRequiredService<TimeProvider>().GetUtcNow(),
            NormalizedEmail = Canonical(IdentifierKind.Email),
            NormalizedPhoneNumber = Canonical(IdentifierKind.Phone),
            NormalizedUserName = Canonical(IdentifierKind.UserName),
            CustomDatabaseId = database.Id,
            LegacyId = await AdoptedStore.LegacyKeyOfAsync(user, LegacyLink.ProviderOf(database)),
        };

        string? Canonical(IdentifierKind kind) => identifiers.FirstOrDefault(identifier => identifier.Kind == kind)?.Canonical;
    }

    /// <summary>What the legacy database could know a person by: in applications the user name is often an address.</summary>
    private static List<UserIdentifier> IdentifiersOf(string? userName, string? email) =>
        [.. new[] { IdentifierParser.CanonicalEmail(email) is { } canonical ? new UserIdentifier(IdentifierKind.Email, canonical) : null, IdentifierParser.Parse(userName) }
            .OfType<UserIdentifier>()
            .Distinct()];
}
