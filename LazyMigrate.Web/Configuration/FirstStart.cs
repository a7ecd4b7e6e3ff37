using LazyMigrate.Core.Users;
using Microsoft.Extensions.Options;

namespace LazyMigrate.Web.Configuration;

/// <summary>Section <c>LazyMigrate:Setup</c> at work: what a first start finds is made, what a later start finds is left alone.</summary>
internal sealed class FirstStart(IServiceScopeFactory scopes, IOptions<LazyMigrateOptions> options)
{
    /// <exception cref="StartException">What was asked for cannot be made.</exception>
    public async Task ProvisionAsync(CancellationToken cancellationToken)
    {
        await CreateAdministratorAsync(options.Value.Setup);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task CreateAdministratorAsync(SetupOptions setup)
    {
        if (string.IsNullOrEmpty(setup.AdminEmail) || string.IsNullOrEmpty(setup.AdminPassword))
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var administrators = scope.ServiceProvider.GetRequiredService<FirstAdministrator>();
        if (await administrators.ExistsAsync())
        {
            return;
        }

        var (_, result) = await administrators.CreateAsync(setup.AdminEmail, setup.AdminPassword);
        if (!result.Succeeded)
        {
            throw new StartException(
                $"LazyMigrate cannot start: the administrator of LazyMigrate:Setup cannot be created: {string.Join(" ", result.Errors.Select(error => error.Description))}");
        }
    }
}
