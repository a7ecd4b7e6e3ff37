using LazyMigrate.Core.Users;
using Microsoft.AspNetCore.Identity;

namespace LazyMigrate.Web.Security;

/// <summary>Lets whoever has the one-time code become the first administrator, once.</summary>
internal sealed class SetupGate(SetupCode code, FirstAdministrator administrators, UserManager<AppUser> users, TimeProvider time)
{
    // The code cannot be guessed in the lifetime of a server; the pause keeps a log from filling with tries.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Whether there is still no administrator.</summary>
    public async Task<bool> IsOpenAsync() => !await administrators.ExistsAsync();

    public async Task<SetupOutcome> TryAsync(string typedCode, string email, string password)
    {
        if (!code.Matches(typedCode))
        {
            await Task.Delay(s_pause, time);

            // A code that is used up matches nothing: whoever came second is told who was first.
            return await IsOpenAsync() ? new SetupOutcome.WrongCode() : new SetupOutcome.Closed();
        }

        var problems = await users.ValidateNewAsync(new AppUser { Email = email.Trim() }, password);
        if (!problems.Succeeded)
        {
            return new SetupOutcome.Refused(problems);
        }

        return code.TryUse() ? await CreateAsync(email, password) : new SetupOutcome.Closed();
    }

    private async Task<SetupOutcome> CreateAsync(string email, string password)
    {
        AppUser? user = null;
        try
        {
            (user, var result) = await administrators.CreateAsync(email, password);
            return user is null ? new SetupOutcome.Refused(result) : new SetupOutcome.Created(user);
        }
        finally
        {
            if (user is null)
            {
                code.GiveBack();
            }
        }
    }
}

/// <summary>What came of an attempt to become the first administrator: exactly one of the nested records.</summary>
internal abstract record SetupOutcome
{
    private SetupOutcome()
    {
    }

    public sealed record Created(AppUser User) : SetupOutcome;

    public sealed record WrongCode : SetupOutcome;

    /// <summary>The address or the password will not do; the code is still good.</summary>
    public sealed record Refused(IdentityResult Result) : SetupOutcome;

    /// <summary>Somebody else became the administrator.</summary>
    public sealed record Closed : SetupOutcome;
}
