using System.Net;
using LazyMigrate.Core.Activity;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Data;
using LazyMigrate.Core.Outbox;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Workers;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Attempts;
using LazyMigrate.Core.Users.Passwords;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LazyMigrate.Core.UserMigration.Adopting;

/// <summary>Registers lazy migration in an application that has users of its own.</summary>
public static class AdoptionExtensions
{
    /// <summary>Says where the client's address is found: attempts are counted by it, too, and scripts see it. Without it, they are counted by identifier alone.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="find">For example <c>services => services.GetRequiredService&lt;IHttpContextAccessor&gt;().HttpContext?.Connection.RemoteIpAddress</c>.</param>
    public static IServiceCollection AddLazyMigrationAddress(this IServiceCollection services, Func<IServiceProvider, IPAddress?> find)
    {
        return services.AddSingleton<IActivityRequest>(provider => new AddressedRequest(() => find(provider)));
    }

    internal static IdentityBuilder Adopt(this IdentityBuilder builder, IConfiguration? section)
    {
        var user = builder.UserType;
        if (user.GetConstructor(Type.EmptyTypes) is null)
        {
            throw new InvalidOperationException($"AddLazyMigration: {user.Name} needs a constructor without parameters, because users are made when they are moved.");
        }

        builder.Services.AddSettings(section);
        builder.Services.AddLegacySide().AddConfiguredDatabase();

        // The user type is known at run time only: Identity's builder is not generic.
        typeof(AdoptionExtensions).GetMethod(nameof(AddUsers), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
            .MakeGenericMethod(user)
            .Invoke(null, [builder.Services]);
        return builder;
    }

    private static void AddSettings(this IServiceCollection services, IConfiguration? section)
    {
        services.AddSingleton(provider => new AdoptionSettings(
            section ?? provider.GetRequiredService<IConfiguration>().GetSection(AdoptionSettings.DefaultSection),
            provider.GetRequiredService<IHostEnvironment>()));
        services.AddOptions<LazyMigrationOptions>().Configure<AdoptionSettings>((options, settings) => options.UserPoolName = settings.UserPoolName ?? options.UserPoolName);
        services.AddOptions<ScriptWorkerOptions>().Configure<AdoptionSettings>((options, settings) =>
        {
            // With values that are wrong nothing starts: until that is said, these are the defaults.
            var configured = new ScriptWorkerOptions();
            settings.Bind("Workers", configured);
            if (!configured.FindProblems().Any())
            {
                settings.Bind("Workers", options);
            }

            options.Command ??= ScriptWorkerEntry.Command;
        });
        services.AddOptions<ThrottleOptions>().Configure<AdoptionSettings, IOptions<IdentityOptions>>((options, settings, identity) =>
        {
            // As many attempts at whoever is not here as Identity gives those who are, so that they cannot be told apart by it.
            options.AttemptsPerIdentifier = Math.Clamp(identity.Value.Lockout.MaxFailedAccessAttempts, 1, 1_000_000);
            options.IdentifierWindow = identity.Value.Lockout.DefaultLockoutTimeSpan is { TotalSeconds: >= 1, TotalDays: <= 1 } window ? window : options.IdentifierWindow;
            settings.Bind("Throttle", options);
        });
        services.AddOptions<LegacyBreakerOptions>().Configure<AdoptionSettings>((options, settings) => settings.Bind("Breaker", options));
        services.AddAppDatabase(provider =>
        {
            var settings = provider.GetRequiredService<AdoptionSettings>();
            return (settings.Database, settings.DataFolder);
        });
    }

    private static void AddConfiguredDatabase(this IServiceCollection services)
    {
        services.AddScripting();
        services.TryAddSingleton<ConfiguredDatabase>();
        services.TryAddSingleton<IPublishedDatabases>(provider => provider.GetRequiredService<ConfiguredDatabase>());
        services.TryAddSingleton<AdoptedRecords>();
        services.TryAddSingleton<IdentityApiRequests>();
        services.AddOptions<JsonOptions>().PostConfigure<IdentityApiRequests>((options, requests) => requests.Watch(options));
        services.TryAddSingleton<IKnownPeople, IdentityDecides>();
    }

    private static void AddUsers<TUser>(IServiceCollection services)
        where TUser : class, new()
    {
        services.AddHostedService<AdoptionStart<TUser>>();
        services.TryAddSingleton<IPasswordHasher<AppUser>, AdoptedPasswordHasher<TUser>>();
        services.TryAddScoped<AdoptedStore<TUser>>();
        services.TryAddScoped<ILocalPeople, AdoptedPeople<TUser>>();
        services.TryAddScoped<FirstLogIn<TUser>>();
        if (!services.Any(service => service.ServiceType == typeof(IEmailSender<TUser>) || service.ServiceType == typeof(IEmailSender<>)))
        {
            services.AddTransient<IEmailSender<TUser>, NoEmailSender<TUser>>();
        }

        services.TryAddEnumerable(ServiceDescriptor.Scoped<IOutboxHandler, AdoptedUserMigratedHandler<TUser>>());
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IOutboxHandler, AdoptedPasswordForgottenHandler<TUser>>());
        Replace<UserManager<TUser>, LazyMigrationUserManager<TUser>>(services);
        if (services.Any(service => service.ServiceType == typeof(SignInManager<TUser>)))
        {
            Replace<SignInManager<TUser>, LazyMigrationSignInManager<TUser>>(services);
        }
    }

    /// <summary>Only Identity's own: a class of the application derives from ours, or is named at the start.</summary>
    private static void Replace<TIdentity, TOurs>(IServiceCollection services)
        where TIdentity : class
        where TOurs : class, TIdentity
    {
        var registered = services.LastOrDefault(service => service.ServiceType == typeof(TIdentity));
        if (registered is null || registered.ImplementationType == typeof(TIdentity))
        {
            services.Replace(ServiceDescriptor.Scoped<TIdentity, TOurs>());
        }
    }

    private sealed class AddressedRequest(Func<IPAddress?> find) : IActivityRequest
    {
        public string? Address => find() switch
        {
            null => null,
            { IsIPv4MappedToIPv6: true } address => address.MapToIPv4().ToString(),
            var address => address.ToString(),
        };

        public string? CorrelationId => System.Diagnostics.Activity.Current?.TraceId.ToString();
    }

    /// <summary>For an application without mail: nobody gets one.</summary>
    private sealed class NoEmailSender<TUser> : IEmailSender<TUser>
        where TUser : class
    {
        public Task SendConfirmationLinkAsync(TUser user, string email, string confirmationLink) => Task.CompletedTask;

        public Task SendPasswordResetLinkAsync(TUser user, string email, string resetLink) => Task.CompletedTask;

        public Task SendPasswordResetCodeAsync(TUser user, string email, string resetCode) => Task.CompletedTask;
    }
}
