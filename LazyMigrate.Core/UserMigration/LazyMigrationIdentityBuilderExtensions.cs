using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Activity.Chain;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.CustomDatabases.Packages;
using LazyMigrate.Core.CustomDatabases.Provisioning;
using LazyMigrate.Core.Mail;
using LazyMigrate.Core.Outbox;
using LazyMigrate.Core.Scripting.Packages;
using LazyMigrate.Core.UserMigration.Adopting;
using LazyMigrate.Core.UserMigration.Conflicts;
using LazyMigrate.Core.UserMigration.Registering;
using LazyMigrate.Core.UserMigration.Reset;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Administration;
using LazyMigrate.Core.Users.Attempts;
using LazyMigrate.Core.Users.Passwords;
using LazyMigrate.Core.Users.SecondFactors;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LazyMigrate.Core.UserMigration;

public static class LazyMigrationIdentityBuilderExtensions
{
    /// <summary>Makes Identity's managers and store move users from the legacy database at their first log-in, and refuse registrations that it knows.</summary>
    /// <remarks>
    /// For any application with a user type of its own: the section <c>LazyMigrate</c> says how (docs/use-in-your-app.md). For this
    /// server's <see cref="AppUser"/>, it needs <c>AddAppDatabase</c> and <c>AddScripting</c>.
    /// </remarks>
    public static IdentityBuilder AddLazyMigration(this IdentityBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UserType == typeof(AppUser) ? builder.AddOwnUsers() : builder.Adopt(section: null);
    }

    /// <summary>The same, for an application, with a section of another name.</summary>
    /// <param name="builder">The builder of Identity, after its stores were added.</param>
    /// <param name="section">In place of <c>LazyMigrate</c>.</param>
    public static IdentityBuilder AddLazyMigration(this IdentityBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        return builder.Adopt(section);
    }

    private static IdentityBuilder AddOwnUsers(this IdentityBuilder builder)
    {
        var services = builder.Services.AddLegacySide();
        services.AddMemoryCache();
        services.TryAddSingleton<ActivityQueries>();
        services.TryAddSingleton<ActivityRemover>();
        services.TryAddSingleton<ActivityVerifier>();
        services.TryAddSingleton<UserQueries>();

        services.TryAddSingleton<CustomDatabaseManager>();
        services.TryAddSingleton<IPublishedDatabases>(provider => provider.GetRequiredService<CustomDatabaseManager>());
        services.TryAddSingleton<DatabaseScriptManager>();
        services.TryAddSingleton<ScriptTestCaseManager>();
        services.TryAddSingleton<StoredPackageSource>();
        services.Replace(ServiceDescriptor.Singleton<IScriptPackageSource>(provider => provider.GetRequiredService<StoredPackageSource>()));
        services.TryAddSingleton<ScriptPackageManager>();
        services.TryAddSingleton<MigrationSwitch>();
        services.TryAddSingleton<SampleManager>();
        services.TryAddSingleton<CustomDatabaseProvisioner>();

        services.TryAddSingleton<ILoginDevice, NoLoginDevice>();
        services.TryAddSingleton<ISecondFactorCookie, NoSecondFactorCookie>();
        services.TryAddSingleton<TotpVerifier>();
        services.TryAddScoped<TotpTokenProvider>();
        services.PostConfigure<IdentityOptions>(identity => identity.Tokens.ProviderMap[TokenOptions.DefaultAuthenticatorProvider] = new TokenProviderDescriptor(typeof(TotpTokenProvider)));
        services.TryAddSingleton<UserAdministration>();
        services.TryAddSingleton<ConflictRecorder>();
        services.TryAddSingleton<ConflictQueries>();
        services.TryAddSingleton<ConflictManager>();

        services.TryAddEnumerable(ServiceDescriptor.Scoped<IOutboxHandler, UserMigratedHandler>());
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IOutboxHandler, LetterHandler>());
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IOutboxHandler, PasswordForgottenHandler>());
        services.TryAddSingleton<AccountLinks>();
        services.TryAddSingleton<AccountLetters>();
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IOutboxHandler, RegistrationHandler>());
        services.TryAddScoped<Registration>();
        services.TryAddScoped<UnconfirmedAccount>();
        services.TryAddScoped<EmailConfirmation>();
        services.TryAddScoped<ProfileChange>();
        services.TryAddScoped<PasswordForgotten>();
        services.TryAddScoped<PasswordReset>();

        services.TryAddSingleton<MigrationProgressReader>();
        services.TryAddSingleton<ScriptTester>();
        services.TryAddSingleton<ScriptTestCaseRunner>();
        services.TryAddScoped<FirstAdministrator>();
        services.TryAddScoped<IKnownPeople>(provider => provider.GetRequiredService<MigratingUserStore>());
        services.TryAddScoped<ILocalPeople, LocalAppUsers>();

        services.Replace(ServiceDescriptor.Singleton<ILookupNormalizer, CanonicalLookupNormalizer>());
        services.Replace(ServiceDescriptor.Scoped<IUserValidator<AppUser>, AppUserValidator>());

        // Stateless, and the dummy hash must not be made anew for each request.
        services.Replace(ServiceDescriptor.Singleton<IPasswordHasher<AppUser>, LocalPasswordHasher>());

        services.TryAddScoped<MigratingUserStore>();
        services.Replace(ServiceDescriptor.Scoped<IUserStore<AppUser>>(provider => provider.GetRequiredService<MigratingUserStore>()));
        services.Replace(ServiceDescriptor.Scoped<IUserClaimsPrincipalFactory<AppUser>, AppUserClaimsPrincipalFactory>());
        builder.AddUserManager<MigratingUserManager>();
        builder.AddSignInManager<MigratingSignInManager>();
        return builder;
    }
}
