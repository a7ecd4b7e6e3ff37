using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Activity.Chain;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.CustomDatabases.Packages;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Packages;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Core.UserMigration.Conflicts;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Administration;
using LazyMigrate.Tests.TestServices;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MudBlazor;
using MudBlazor.Services;

namespace LazyMigrate.Tests.Components.Admin;

/// <summary>Pages of the console over a real database, with an administrator logged in and a browser that answers nothing special.</summary>
public abstract class ConsoleTest : BunitContext, IAsyncLifetime
{
    private IRenderedComponent<MudDialogProvider>? _dialogs;

    protected TestDatabase Database { get; private set; } = default!;

    internal TestConnectionTester Tester { get; } = new();

    /// <summary>What the script editor in the browser was told, and answers.</summary>
    internal TestScriptEditor Editor { get; private set; } = default!;

    /// <summary>The dialog that is open.</summary>
    protected IRenderedComponent<MudDialogProvider> Dialog => _dialogs!;

    protected NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    /// <summary>What toasts said.</summary>
    protected IEnumerable<string?> Toasts => Services.GetRequiredService<ISnackbar>().ShownSnackbars.Select(toast => toast.Message);

    async Task IAsyncLifetime.InitializeAsync()
    {
        Database = await TestDatabase.CreateAsync();
        JSInterop.Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule("./console.js").Mode = JSRuntimeMode.Loose;
        Editor = new TestScriptEditor(JSInterop);

        Services.AddMudServices(mud => mud.PopoverOptions.CheckForPopoverProvider = false);
        Services.AddSingleton<TimeProvider>(Database.Time);
        Services.AddSingleton<IScriptInspector>(Database.Inspector);
        Services.AddSingleton<ILegacyConnectionTester>(Tester);
        Services.AddSingleton(Database.Get<IOptions<CustomDatabaseOptions>>());
        Share<ActivityQueries>();
        Share<ActivityVerifier>();
        Share<LegacyHealth>();
        Share<CustomDatabaseManager>();
        Share<DatabaseScriptManager>();
        Share<MigrationProgressReader>();
        Share<MigrationSwitch>();
        Share<SampleManager>();
        Share<ScriptTestCaseManager>();
        Share<ScriptTestCaseRunner>();
        Share<ScriptTester>();
        Share<ScriptPackageManager>();
        Share<ScriptPackages>();
        Share<ILegacyPools>();
        Share<UserQueries>();
        Share<UserAdministration>();
        Share<TombstoneManager>();
        Share<ConflictQueries>();
        Share<ConflictManager>();
        Services.AddSingleton(Database.Get<IOptions<LazyMigrationOptions>>());
        AddAuthorization()
            .SetAuthorized(TestActors.Ada.Name)
            .SetClaims(new Claim(ClaimTypes.NameIdentifier, TestActors.Ada.Id.ToString()!));
        _dialogs = Render<MudDialogProvider>();
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>From now on reading this table fails, as if the disk were gone.</summary>
    protected Task BreakDatabaseAsync(string table) => RenameAsync(table, table + "Gone");

    protected Task MendDatabaseAsync(string table) => RenameAsync(table + "Gone", table);

    /// <summary>Stores whoever is logged in as an administrator: what is done to users asks the database who may.</summary>
    protected async Task AddAdministratorAsync()
    {
        var role = new AppRole(ConsoleRoles.Owner) { NormalizedName = ConsoleRoles.Owner };
        var ada = new AppUser { Id = TestActors.Ada.Id!.Value, Name = TestActors.Ada.Name, Email = "owner@example.org", NormalizedEmail = "owner@example.org" };
        await Database.AddAsync(role, ada, new Microsoft.AspNetCore.Identity.IdentityUserRole<Guid> { RoleId = role.Id, UserId = ada.Id });
    }

    /// <summary>A custom database of type Other without scripts.</summary>
    protected async Task<CustomDatabaseSettings> ConnectAsync(CustomDatabaseType type = CustomDatabaseType.Other, string? uri = null)
    {
        var edit = new CustomDatabaseEdit { Name = "Shop", Type = type, NewUri = uri };
        return Assert.IsType<CustomDatabaseSave.Saved>(await Database.Get<CustomDatabaseManager>().SaveAsync(edit, TestActors.Ada)).Settings;
    }

    /// <summary>Both scripts that lazy migration needs, published and tested.</summary>
    protected async Task PublishBothAsync()
    {
        var scripts = Database.Get<DatabaseScriptManager>();
        foreach (var kind in (ScriptKind[])[ScriptKind.Login, ScriptKind.SearchUser])
        {
            await scripts.PublishAsync(kind, $"// {kind}", "first", null, TestActors.Ada);
            await scripts.MarkTestedAsync(kind, $"// {kind}");
        }
    }

    private async Task RenameAsync(string from, string to)
    {
        var statement = $"""ALTER TABLE "{from}" RENAME TO "{to}" """;
        await Database.ReadAsync(context => context.Database.ExecuteSqlRawAsync(statement));
    }

    private void Share<T>()
        where T : class => Services.AddSingleton(_ => Database.Get<T>());
}
