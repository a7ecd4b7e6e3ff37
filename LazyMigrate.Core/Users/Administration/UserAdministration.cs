using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Data;
using LazyMigrate.Core.Users.Conflicts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Core.Users.Administration;

/// <summary>What administrators do to users. Who asks is checked here, against the database, whatever a page shows.</summary>
/// <remarks>
/// Changes of administrators wait for each other, on all nodes: two who disable each other at the same moment must not leave
/// nobody. Each change that takes something away ends the person's sessions, by their security stamp.
/// </remarks>
public sealed class UserAdministration(
    IDbContextFactory<AppDbContext> contexts,
    IServiceScopeFactory scopes,
    ActivityFactory activity,
    TombstoneManager tombstones,
    TimeProvider time)
{
    /// <summary>The most users that one change is for.</summary>
    public const int MostAtOnce = 500;

    private const int Tries = 3;

    private const string Gone = "This user does not exist any more. Nothing was changed.";
    private const string Yourself = "You cannot do this to your own account: ask another administrator.";
    private const string NotAllowed = "You are no administrator any more. Nothing was changed.";

    /// <summary>They cannot log in any more, and their sessions end.</summary>
    public Task<UserChange> DisableAsync(IReadOnlyCollection<Guid> ids, ActivityActor actor, CancellationToken cancellationToken = default) =>
        ChangeAsync(ids, actor, ActivityKinds.UserDisabled, mayBeSelf: false, (_, user) =>
        {
            if (user.IsDisabled)
            {
                return false;
            }

            user.IsDisabled = true;
            EndSessions(user);
            return true;
        }, cancellationToken);

    /// <summary>They can log in again; a lockout that was set ends, too.</summary>
    public Task<UserChange> EnableAsync(IReadOnlyCollection<Guid> ids, ActivityActor actor, CancellationToken cancellationToken = default) =>
        ChangeAsync(ids, actor, ActivityKinds.UserEnabled, mayBeSelf: true, (_, user) =>
        {
            var isChanged = user.IsDisabled || user.LockoutEnd > time.GetUtcNow();
            (user.IsDisabled, user.LockoutEnd) = (false, null);
            return isChanged;
        }, cancellationToken);

    /// <summary>They have to choose a new password at the next log-in, and their sessions end. Whoever has no password here is left alone.</summary>
    public Task<UserChange> RequireNewPasswordAsync(IReadOnlyCollection<Guid> ids, ActivityActor actor, CancellationToken cancellationToken = default) =>
        ChangeAsync(ids, actor, ActivityKinds.PasswordChangeRequired, mayBeSelf: true, (_, user) =>
        {
            if (user.PasswordHash is null || user.MustChangePassword)
            {
                return false;
            }

            user.MustChangePassword = true;
            EndSessions(user);
            return true;
        }, cancellationToken);

    /// <summary>The password alone lets them in again, until they set up another second factor. Sessions end.</summary>
    public Task<UserChange> RemoveSecondFactorAsync(Guid id, ActivityActor actor, CancellationToken cancellationToken = default) =>
        ChangeAsync([id], actor, ActivityKinds.SecondFactorRemoved, mayBeSelf: true, (context, user) =>
        {
            if (!user.TwoFactorEnabled)
            {
                return false;
            }

            user.TwoFactorEnabled = false;
            context.RemoveRange(context.TotpFactors.Where(factor => factor.UserId == user.Id));
            EndSessions(user);
            return true;
        }, cancellationToken);

    /// <summary>Deletes them for good: a tombstone keeps the legacy database from bringing them back.</summary>
    public Task<UserChange> DeleteAsync(IReadOnlyCollection<Guid> ids, ActivityActor actor, CancellationToken cancellationToken = default) =>
        ChangeAsync(ids, actor, ActivityKinds.UserDeleted, mayBeSelf: false, (context, user) =>
        {
            context.Add(Tombstone.Of(user, time.GetUtcNow()));
            context.Remove(user);
            return true;
        }, cancellationToken, (context, users) => Tombstone.ForgetConflictsAsync(context, [.. users.Select(user => user.Id)], time.GetUtcNow(), cancellationToken));

    /// <summary>Removes a moved user without a tombstone: at the next log-in the legacy database decides about them again, with the password that it has.</summary>
    /// <remarks>Whoever was here before they were linked stays, with the password here, and is linked to nobody any more.</remarks>
    public async Task<UserChange> ReturnAsync(Guid id, ActivityActor actor, CancellationToken cancellationToken = default)
    {
        var hasCome = true;
        var change = await ChangeAsync([id], actor, ActivityKinds.UserReturned, mayBeSelf: false, (context, user) =>
        {
            hasCome = user.LegacyId is not null;
            if (user.IsLinked)
            {
                Unlink(context, user);
                EndSessions(user);
            }
            else if (hasCome)
            {
                context.Remove(user);
            }

            return hasCome;
        }, cancellationToken, async (context, users) =>
        {
            var removed = users.Where(user => context.Entry(user).State == EntityState.Deleted).Select(user => user.Id).ToList();
            var unlinked = users.Select(user => user.Id).Except(removed).ToList();
            await MigrationConflict.OnlyAbout(context.MigrationConflicts, removed).ExecuteDeleteAsync(cancellationToken);

            // What was decided ends with the link: nobody is known by the legacy person's identifiers any more.
            await context.MigrationConflicts.Where(conflict => conflict.UserId != null && unlinked.Contains(conflict.UserId.Value)).ExecuteDeleteAsync(cancellationToken);
        });
        return hasCome ? change : new UserChange.Refused("This user did not come from the legacy database, which could not bring them back.");
    }

    /// <summary>Gives a user these roles and no others; roles of the console stay as they are. Roles that do not exist are made.</summary>
    /// <param name="id">Whose.</param>
    /// <param name="names">Names as typed.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<UserChange> SetRolesAsync(Guid id, IReadOnlyList<string> names, ActivityActor actor, CancellationToken cancellationToken = default)
    {
        var wanted = names.Select(name => name.Trim()).ToList();
        if (wanted.Select(RoleName.ProblemOf).FirstOrDefault(problem => problem is not null) is { } invalid)
        {
            return new UserChange.Refused(invalid);
        }

        if (wanted.Count > RoleName.MostOfAUser)
        {
            return new UserChange.Refused($"A user has at most {RoleName.MostOfAUser} roles.");
        }

        return await InTransactionAsync(actor, async context =>
        {
            // First, and without a lock: for somebody who is gone no role is made.
            if (await context.Users.FirstOrDefaultAsync(user => user.Id == id, cancellationToken) is not { } user)
            {
                return new UserChange.Refused(Gone);
            }

            var roles = await RoleGiver.FindOrAddAsync(context, wanted, cancellationToken);

            var held = await context.UserRoles
                .Where(link => link.UserId == id)
                .Join(context.Roles, link => link.RoleId, role => role.Id, (link, role) => new { link, role.Name, role.NormalizedName })
                .ToListAsync(cancellationToken);
            var removed = held.Where(item => !ConsoleRoles.Contain(item.NormalizedName!) && !roles.Contains(item.link.RoleId)).ToList();
            var added = roles.Except(held.Select(item => item.link.RoleId)).ToList();
            if (removed.Count == 0 && added.Count == 0)
            {
                return new UserChange.Done(0);
            }

            context.RemoveRange(removed.Select(item => item.link));
            RoleGiver.Give(context, id, added);
            user.ConcurrencyStamp = Guid.NewGuid().ToString();
            EndSessions(user);
            Tell(context, ActivityKinds.UserRolesChanged, user, actor, wanted.Count == 0 ? "No roles." : $"Roles: {string.Join(", ", wanted)}.");
            return new UserChange.Done(1);
        }, cancellationToken);
    }

    /// <summary>Lets a deleted person come back.</summary>
    public async Task<UserChange> LiftTombstoneAsync(Guid id, ActivityActor actor, CancellationToken cancellationToken = default)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return !await IsOwnerAsync(context, actor.Id, cancellationToken)
            ? new UserChange.Refused(NotAllowed)
            : new UserChange.Done(await tombstones.LiftAsync(id, actor, cancellationToken) ? 1 : 0);
    }

    /// <summary>Creates a user whose identifiers are free in both stores.</summary>
    public async Task<UserCreation> CreateAsync(NewUserOrder order, ActivityActor actor, CancellationToken cancellationToken = default)
    {
        // A scope of its own: the manager's context lives as long as a request, and a circuit lives for hours.
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        if (!await IsOwnerAsync(context, actor.Id, cancellationToken))
        {
            return new UserCreation.Refused(IdentityResult.Failed(new IdentityError { Code = "NotAllowed", Description = NotAllowed }));
        }

        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var user = new AppUser
        {
            Email = Given(order.Email),
            PhoneNumber = Given(order.PhoneNumber),
            UserName = Given(order.UserName),
            Name = Given(order.Name),
            Origin = UserOrigin.CreatedByAdmin,
            MustChangePassword = order is { Password: not null, MustChangePassword: true },
            CreatedAt = time.GetUtcNow(),
        };
        var problems = await ProblemsOfAsync(users, user, order.Password);
        if (problems.Count > 0)
        {
            return new UserCreation.Refused(IdentityResult.Failed([.. problems]));
        }

        // Stored by the save that creates the user, in place of the event that names nobody.
        var told = Tell(context, ActivityKinds.UserCreated, user, actor, detail: null);
        var result = order.Password is null ? await users.CreateAsync(user) : await users.CreateAsync(user, order.Password);
        if (!result.Succeeded)
        {
            context.Entry(told).State = EntityState.Detached;
        }

        return result.Succeeded ? new UserCreation.Created(user.Id) : new UserCreation.Refused(result);

        static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    private static async Task<List<IdentityError>> ProblemsOfAsync(UserManager<AppUser> users, AppUser user, string? password)
    {
        // All of them at once; creating tells the first only.
        var problems = new List<IdentityError>();
        if (user.Name is { } name && (name.Length > AppUser.NameLength || !PersonName.IsText(name)))
        {
            problems.Add(new IdentityError { Code = "InvalidName", Description = $"Use at most {AppUser.NameLength} letters, digits and signs." });
        }

        foreach (var validator in users.UserValidators)
        {
            problems.AddRange((await validator.ValidateAsync(users, user)).Errors);
        }

        if (password is not null)
        {
            foreach (var validator in users.PasswordValidators)
            {
                problems.AddRange((await validator.ValidateAsync(users, user, password)).Errors);
            }
        }

        return problems;
    }

    /// <param name="ids">Whom.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="kind">What the activity calls it.</param>
    /// <param name="mayBeSelf">Whether administrators may do it to themselves.</param>
    /// <param name="change">Changes one user; false where there is nothing to change.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <param name="finish">What else is to be stored with those that were changed, once for all of them.</param>
    private async Task<UserChange> ChangeAsync(
        IReadOnlyCollection<Guid> ids,
        ActivityActor actor,
        string kind,
        bool mayBeSelf,
        Func<AppDbContext, AppUser, bool> change,
        CancellationToken cancellationToken,
        Func<AppDbContext, IReadOnlyCollection<AppUser>, Task>? finish = null)
    {
        if (ids.Count > MostAtOnce)
        {
            return new UserChange.Refused($"At most {MostAtOnce} users can be changed at once.");
        }

        if (!mayBeSelf && actor.Id is { } self && ids.Contains(self))
        {
            return new UserChange.Refused(Yourself);
        }

        return await InTransactionAsync(actor, async context =>
        {
            // Whoever asks is an administrator and stays one, so that there is always one left.
            var changed = new List<AppUser>();
            foreach (var user in await context.Users.Where(user => ids.Contains(user.Id)).ToListAsync(cancellationToken))
            {
                if (change(context, user))
                {
                    user.ConcurrencyStamp = Guid.NewGuid().ToString();
                    Tell(context, kind, user, actor, detail: null);
                    changed.Add(user);
                }
            }

            if (finish is not null && changed.Count > 0)
            {
                await finish(context, changed);
            }

            return new UserChange.Done(changed.Count);
        }, cancellationToken);
    }

    /// <summary>Does something that only administrators may, alone on all nodes; again where somebody changed the same at the same moment.</summary>
    internal async Task<UserChange> InTransactionAsync(ActivityActor actor, Func<AppDbContext, Task<UserChange>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            await using var transaction = await context.BeginAsOnlyWriterAsync(cancellationToken);
            if (!await IsOwnerAsync(context, actor.Id, cancellationToken))
            {
                return new UserChange.Refused(NotAllowed);
            }

            try
            {
                var result = await work(context);
                await context.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return result;
            }
            catch (DbUpdateConcurrencyException) when (attempt < Tries)
            {
                // The person themself changed something at the same moment, for example their password.
            }
        }
    }

    private static async Task<bool> IsOwnerAsync(AppDbContext context, Guid? id, CancellationToken cancellationToken) =>
        await context.Users.AnyAsync(user => user.Id == id && !user.IsDisabled, cancellationToken)
        && await context.UserRoles
            .Where(link => link.UserId == id)
            .Join(context.Roles, link => link.RoleId, role => role.Id, (_, role) => role.NormalizedName)
            .AnyAsync(name => name == ConsoleRoles.Owner, cancellationToken);

    private ActivityEvent Tell(AppDbContext context, string kind, AppUser user, ActivityActor actor, string? detail)
    {
        var item = activity.Create(kind, actor, user.Id, user.DisplayName, customDatabaseId: user.CustomDatabaseId, detail: detail);
        context.Add(item);
        return item;
    }

    private static void Unlink(AppDbContext context, AppUser user)
    {
        var row = context.Entry(user);
        row.Property(item => item.LegacyId).CurrentValue = null;
        row.Property(item => item.CustomDatabaseId).CurrentValue = null;
        row.Property(item => item.MigratedAt).CurrentValue = null;
        row.Property(item => item.MigratedByVersionId).CurrentValue = null;
    }

    private static void EndSessions(AppUser user) => user.SecurityStamp = Guid.NewGuid().ToString("N");
}
