using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.CustomDatabases.Provisioning;
using LazyMigrate.Core.Users;
using Microsoft.Extensions.Options;

namespace LazyMigrate.Web.Configuration;

/// <summary>Section <c>LazyMigrate:Setup</c> at work: what a first start finds missing is made, what a later start finds is left alone.</summary>
internal sealed class FirstStart(
    IServiceScopeFactory scopes,
    CustomDatabaseManager databases,
    SampleManager sample,
    CustomDatabaseProvisioner provisioner,
    IOptions<LazyMigrateOptions> options,
    ILogger<FirstStart> logger)
{
    /// <exception cref="StartException">What was asked for cannot be made.</exception>
    public async Task ProvisionAsync(CancellationToken cancellationToken)
    {
        var setup = options.Value.Setup;
        await CreateAdministratorAsync(setup);
        if (setup.Sample)
        {
            await LoadSampleAsync(cancellationToken);
        }
        else if (!string.IsNullOrEmpty(setup.CustomDatabase))
        {
            await ProvisionDatabaseAsync(Path.GetFullPath(setup.CustomDatabase), cancellationToken);
        }
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

    private async Task LoadSampleAsync(CancellationToken cancellationToken)
    {
        switch (await sample.LoadAsync(ActivityActor.System, cancellationToken))
        {
            case SampleLoad.Loaded loaded:
                Log.SampleLoaded(logger, loaded.People);
                break;
            case SampleLoad.AlreadyHasDatabase other when await databases.GetAsync(cancellationToken) is { IsSample: false }:
                Log.SampleNotLoaded(logger, other.Name);
                break;
        }
    }

    private async Task ProvisionDatabaseAsync(string folder, CancellationToken cancellationToken)
    {
        switch (await provisioner.ProvisionAsync(folder, cancellationToken))
        {
            case ProvisioningResult.Provisioned provisioned:
                Log.Provisioned(logger, provisioned.Settings.Name, provisioned.Settings.Mode);
                break;
            case ProvisioningResult.Differs differs:
                Log.ProvisioningDiffers(logger, folder, differs.Name);
                break;
            case ProvisioningResult.Faulty faulty:
                var lines = faulty.Faults.Select(fault => $"  - {fault}");
                throw new StartException(
                    $"LazyMigrate cannot start: LazyMigrate:Setup:CustomDatabase ({folder}) has faults:{Environment.NewLine}{string.Join(Environment.NewLine, lines)}");
        }
    }
}
