using LazyMigrate.Core.Activity;
using LazyMigrate.Core.Activity.Chain;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Outbox;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Attempts;
using LazyMigrate.Core.Users.Passwords;
using LazyMigrate.Core.Users.SecondFactors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LazyMigrate.Core.UserMigration;

/// <summary>What a migration needs, whoever's the users are.</summary>
internal static class LegacySideExtensions
{
    public static IServiceCollection AddLegacySide(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddDataProtection();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);

        services.TryAddSingleton<IActivityRequest, NoActivityRequest>();
        services.TryAddSingleton<ActivityFactory>();
        services.TryAddSingleton<ActivityWriter>();
        services.TryAddSingleton<ActivitySealer>();
        services.AddHostedService<ActivityPump>();

        services.TryAddSingleton<SecretProtector>();
        services.TryAddSingleton<AttemptKeys>();
        services.TryAddSingleton<AttemptLimiter>();
        services.TryAddSingleton<TombstoneManager>();
        services.TryAddSingleton<AccountTickets>();
        services.TryAddSingleton<TotpProtector>();
        services.TryAddSingleton<OutboxWriter>();
        services.TryAddSingleton<OutboxWorker>();
        services.AddHostedService<OutboxPump>();

        services.TryAddSingleton<LegacyBreaker>();
        services.TryAddSingleton<LegacyOutage>();
        services.TryAddSingleton<LegacyHealth>();
        services.TryAddSingleton<MigrationTelemetry>();
        services.TryAddSingleton<IdentifierGate>();
        services.TryAddSingleton<LegacyDirectory>();
        services.TryAddSingleton<HashingSlots>();
        services.TryAddSingleton<DummyPassword>();
        services.TryAddSingleton<SecondFactorGuard>();
        services.TryAddScoped<RegistrationGuard>();
        services.TryAddScoped<UserMigrator>();
        return services;
    }
}
