using System.Data.Common;
using LazyMigrate.Core.Data;
using LazyMigrate.Core.Scripting.Workers;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LazyMigrate.Core.UserMigration.Adopting;

/// <summary>Checks everything before the application answers its first request, and names all problems at once.</summary>
internal sealed class AdoptionStart<TUser>(
    AdoptionSettings settings,
    ConfiguredDatabase database,
    DatabaseInitializer initializer,
    IServiceScopeFactory scopes,
    IOptions<ScriptWorkerOptions> workers,
    ILogger<AdoptionStart<TUser>> logger) : IHostedLifecycleService
    where TUser : class, new()
{
    /// <exception cref="LazyMigrationSetupException">Something is wrong.</exception>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var problems = new List<string>(settings.FindProblems());
        problems.AddRange(await database.LoadAsync(cancellationToken));
        await using (var scope = scopes.CreateAsyncScope())
        {
            problems.AddRange(FindProblems(scope.ServiceProvider));
        }

        if (problems.Count == 0)
        {
            problems.AddRange(LegacyLink.ProblemOf(database.Current) is { } problem ? [problem] : await InitializeAsync(cancellationToken));
        }

        if (problems.Count > 0)
        {
            throw new LazyMigrationSetupException(problems);
        }

        Log.Started(logger, database.Current.Name, database.Current.Mode, workers.Value.Command is null ? "in this process" : "in worker processes");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static IEnumerable<string> FindProblems(IServiceProvider services)
    {
        if (services.GetService<UserManager<TUser>>() is not LazyMigrationUserManager<TUser>)
        {
            yield return $"AddLazyMigration must come after everything that registers a UserManager<{typeof(TUser).Name}>; a manager of the application's own derives from LazyMigrationUserManager<{typeof(TUser).Name}>.";
        }

        if (services.GetService<SignInManager<TUser>>() is { } signIn and not LazyMigrationSignInManager<TUser>)
        {
            yield return $"AddLazyMigration must come after what registers {signIn.GetType().Name}; a manager of the application's own derives from LazyMigrationSignInManager<{typeof(TUser).Name}>.";
        }

        if (services.GetService<IUserStore<TUser>>() is null)
        {
            yield return "There is no user store: AddEntityFrameworkStores must be called, too.";
        }
        else
        {
            foreach (var problem in services.GetRequiredService<AdoptedStore<TUser>>().FindProblems())
            {
                yield return problem;
            }
        }
    }

    private async Task<IReadOnlyList<string>> InitializeAsync(CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(settings.DataFolder);
            await initializer.InitializeAsync(cancellationToken);
            return [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [$"DataFolder: it cannot write to the folder {settings.DataFolder}: {exception.Message}"];
        }
        catch (DbException exception)
        {
            return [$"Database: LazyMigrate's own database cannot be opened: {exception.Message}"];
        }
    }
}

/// <summary>Why an application with lazy migration cannot start, all problems at once, for whoever configures it to read.</summary>
public sealed class LazyMigrationSetupException(IReadOnlyList<string> problems)
    : Exception($"LazyMigrate cannot start:{Environment.NewLine}{string.Join(Environment.NewLine, problems.Select(problem => "  - " + problem))}")
{
    public IReadOnlyList<string> Problems => problems;
}
