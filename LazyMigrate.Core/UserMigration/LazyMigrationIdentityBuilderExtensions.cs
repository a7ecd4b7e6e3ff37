using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.CustomDatabases.Packages;
using LazyMigrate.Core.CustomDatabases.Provisioning;
using LazyMigrate.Core.Mail;
using LazyMigrate.Core.Outbox;
using LazyMigrate.Core.Scripting.Packages;
using LazyMigrate.Core.UserMigration.Registering;
using LazyMigrate.Core.UserMigration.Reset;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Administration;
using LazyMigrate.Core.Users.Attempts;
using LazyMigrate.Core.Users.Passwords;
using LazyMigrate.Core.Users.SecondFactors;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LazyMigrate.Core.UserMigration;

public static class LazyMigrationIdentityBuilderExtensions
{
    /// <summary>Makes Identity's managers and store move users from the legacy database at their first log-in, and refuse registrations that it knows.</summary>
    /// <remarks>Needs <c>AddAppDatabase</c> and <c>AddScripting</c>.</remarks>
    public static IdentityBuilder AddLazyMigration(this IdentityBuilder builder)
    {
        var services = builder.Services;
        services.AddHttpContextAccessor();
        services.AddMemoryCache();
        services.AddDataProtection();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IActivityRequest, NoActivityRequest>();
        services.TryAddSingleton<ActivityFactory>();
        services.TryAddSingleton<ActivityWriter>();
        services.TryAddSingleton<ActivityQueries>();
        services.TryAddSingleton<UserQueries>();

        services.TryAddSingleton<SecretProtector>();
        services.TryAddSingleton<CustomDatabaseManager>();
        services.TryAddSingleton<DatabaseScriptManager>();
        services.TryAddSingleton<ScriptTestCaseManager>();
        services.TryAddSingleton<StoredPackageSource>();
        services.Replace(ServiceDescriptor.Singleton<IScriptPackageSource>(provider => provider.GetRequiredService<StoredPackageSource>()));
        services.TryAddSingleton<ScriptPackageManager>();
        services.TryAddSingleton<MigrationSwitch>();
        services.TryAddSingleton<SampleManager>();
        services.TryAddSingleton<CustomDatabaseProvisioner>();

        services.TryAddSingleton<ILoginDevice, NoLoginDevice>();
        services.TryAddSingleton<AttemptKeys>();
        services.TryAddSingleton<AttemptLimiter>();
        services.TryAddSingleton<TombstoneManager>();
        services.TryAddSingleton<TotpProtector>();
        services.TryAddSingleton<TotpVerifier>();
        services.TryAddScoped<TotpTokenProvider>();
        services.PostConfigure<IdentityOptions>(identity => identity.Tokens.ProviderMap[TokenOptions.DefaultAuthenticatorProvider] = new TokenProviderDescriptor(typeof(TotpTokenProvider)));
        services.TryAddSingleton<UserAdministration>();

        services.TryAddSingleton<OutboxWriter>();
        services.TryAddSingleton<OutboxWorker>();
        services.AddHostedService<OutboxPump>();
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IOutboxHandler, UserMigratedHandler>());
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IOutboxHandler, LetterHandler>());
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IOutboxHandler, PasswordForgottenHandler>());
        services.TryAddSingleton<AccountLinks>();
        services.TryAddSingleton<AccountLetters>();
        services.TryAddSingleton<AccountTickets>();
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IOutboxHandler, RegistrationHandler>());
        services.TryAddScoped<Registration>();
        services.TryAddScoped<EmailConfirmation>();
        services.TryAddScoped<ProfileChange>();
        services.TryAddScoped<PasswordForgotten>();
        services.TryAddScoped<PasswordReset>();

        services.TryAddSingleton<LegacyBreaker>();
        services.TryAddSingleton<LegacyOutage>();
        services.TryAddSingleton<IdentifierGate>();
        services.TryAddSingleton<LegacyDirectory>();
        services.TryAddSingleton<MigrationProgressReader>();
        services.TryAddSingleton<ScriptTester>();
        services.TryAddSingleton<ScriptTestCaseRunner>();
        services.TryAddScoped<FirstAdministrator>();
        services.TryAddScoped<RegistrationGuard>();
        services.TryAddScoped<UserMigrator>();

        services.Replace(ServiceDescriptor.Singleton<ILookupNormalizer, CanonicalLookupNormalizer>());
        services.Replace(ServiceDescriptor.Scoped<IUserValidator<AppUser>, AppUserValidator>());

        // Stateless, and the dummy hash must not be made anew for each request.
        services.Replace(ServiceDescriptor.Singleton<IPasswordHasher<AppUser>, LocalPasswordHasher>());
        services.TryAddSingleton<HashingSlots>();
        services.TryAddSingleton<DummyPassword>();

        services.TryAddScoped<MigratingUserStore>();
        services.Replace(ServiceDescriptor.Scoped<IUserStore<AppUser>>(provider => provider.GetRequiredService<MigratingUserStore>()));
        services.Replace(ServiceDescriptor.Scoped<IUserClaimsPrincipalFactory<AppUser>, AppUserClaimsPrincipalFactory>());
        builder.AddUserManager<MigratingUserManager>();
        builder.AddSignInManager<MigratingSignInManager>();
        return builder;
    }
}
