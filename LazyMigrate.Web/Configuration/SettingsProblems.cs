using LazyMigrate.Core.Data;
using LazyMigrate.Core.Mail;
using LazyMigrate.Core.Scripting.Workers;
using LazyMigrate.Core.UserMigration;
using LazyMigrate.Core.Users;
using LazyMigrate.Core.Users.Attempts;
using LazyMigrate.Core.Users.Passwords;
using LazyMigrate.Web.Security;
using PhoneNumbers;

namespace LazyMigrate.Web.Configuration;

/// <summary>Finds what is wrong with the settings before anything is opened, each with its key and what to do.</summary>
internal static class SettingsProblems
{
    public static List<string> Find(IConfiguration configuration, IHostEnvironment environment)
    {
        var problems = new List<string>();
        if (Read<DatabaseOptions>(configuration, DatabaseOptions.Section, problems) is { } database
            && database is { Provider: DatabaseProvider.Postgres, ConnectionString: null or "" })
        {
            problems.Add("Database:ConnectionString is missing. PostgreSQL needs one, for example Host=localhost;Database=lazymigrate;Username=lazymigrate;Password=…");
        }

        if (Read<LazyMigrationOptions>(configuration, LazyMigrationOptions.Section, problems) is { PhoneRegion: { } region }
            && !PhoneNumberUtil.GetInstance().GetSupportedRegions().Contains(region))
        {
            problems.Add($"LazyMigrate:Migration:PhoneRegion is “{region}”, which is no country. Give two capital letters, for example DE.");
        }

        if (Read<LazyMigrateOptions>(configuration, LazyMigrateOptions.Section, problems) is { } options)
        {
            Check(options, environment, problems);
            if (Read<MailOptions>(configuration, MailOptions.Section, problems) is { } mail
                && Read<RegistrationOptions>(configuration, RegistrationOptions.Section, problems) is { } registration)
            {
                problems.AddRange(MailExtensions.FindProblems(mail, registration, options.PublicOrigin));
            }
        }

        if (Read<ThrottleOptions>(configuration, ThrottleOptions.Section, problems) is { } throttle)
        {
            problems.AddRange(throttle.FindProblems());
        }

        if (Read<PasswordHashingOptions>(configuration, PasswordHashingOptions.Section, problems) is { } hashing)
        {
            problems.AddRange(hashing.FindProblems());
        }

        if (Read<SecurityOptions>(configuration, SecurityOptions.Section, problems) is { } security)
        {
            problems.AddRange(security.FindProblems());
        }

        if (Read<ScriptWorkerOptions>(configuration, ScriptWorkerOptions.Section, problems) is { } workers)
        {
            problems.AddRange(workers.FindProblems());
        }

        if (Read<LegacyBreakerOptions>(configuration, LegacyBreakerOptions.Section, problems) is { } breaker)
        {
            problems.AddRange(breaker.FindProblems());
        }

        if (Read<TelemetryOptions>(configuration, TelemetryOptions.Section, problems) is not null)
        {
            problems.AddRange(TelemetryOptions.Read(configuration).FindProblems());
        }

        return problems;
    }

    private static void Check(LazyMigrateOptions options, IHostEnvironment environment, List<string> problems)
    {
        var setup = options.Setup;
        if (string.IsNullOrEmpty(setup.AdminEmail) != string.IsNullOrEmpty(setup.AdminPassword))
        {
            problems.Add("LazyMigrate:Setup:AdminEmail and LazyMigrate:Setup:AdminPassword go together: give both or neither.");
        }
        else if (!string.IsNullOrEmpty(setup.AdminEmail) && IdentifierParser.CanonicalEmail(setup.AdminEmail) is null)
        {
            problems.Add("LazyMigrate:Setup:AdminEmail is not an e-mail address.");
        }

        if (setup.Sample && !string.IsNullOrEmpty(setup.CustomDatabase))
        {
            problems.Add("LazyMigrate:Setup:Sample and LazyMigrate:Setup:CustomDatabase exclude each other: there is one custom database.");
        }

        if (!string.IsNullOrEmpty(setup.CustomDatabase) && !Directory.Exists(setup.CustomDatabase))
        {
            problems.Add($"LazyMigrate:Setup:CustomDatabase: there is no folder {Path.GetFullPath(setup.CustomDatabase)}.");
        }

        if (options.KeyEncryption.IsConfigured)
        {
            if (WrappingKey.TryRead(options.KeyEncryption, out _) is { } problem)
            {
                problems.Add(problem);
            }
        }
        else if (environment.IsProduction())
        {
            problems.Add(
                "LazyMigrate:KeyEncryption is missing: the keys that protect sessions and secrets must not lie open in the database. " +
                "Make a key with “openssl rand -base64 32”, keep it outside the database, and give it in the variable LazyMigrate__KeyEncryption__Key or as a file in LazyMigrate__KeyEncryption__KeyFile.");
        }
    }

    private static T? Read<T>(IConfiguration configuration, string section, List<string> problems)
        where T : class, new()
    {
        try
        {
            return configuration.GetSection(section).Get<T>() ?? new T();
        }
        catch (InvalidOperationException exception)
        {
            // The binder names the key and the type it wanted, never a neighbouring value.
            problems.Add(exception.Message);
            return null;
        }
    }
}
