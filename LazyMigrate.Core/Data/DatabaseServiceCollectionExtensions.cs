using LazyMigrate.Core.Activity.Chain;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LazyMigrate.Core.Data;

public static class DatabaseServiceCollectionExtensions
{
    /// <summary>Registers <see cref="AppDbContext"/> and its factory for the chosen provider.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">Which provider, and where.</param>
    /// <param name="dataFolder">Absolute path of the folder that the embedded database lies in.</param>
    public static IServiceCollection AddAppDatabase(this IServiceCollection services, DatabaseOptions options, string dataFolder)
    {
        switch (options.Provider)
        {
            case DatabaseProvider.Sqlite:
                var connectionString = SqliteConnectionString(options, dataFolder);
                services.AddDbContextFactory<SqliteAppDbContext>((provider, builder) => builder.UseSqlite(connectionString).AddInterceptors(provider.GetRequiredService<ActivitySigner>()));
                services.AddAppDbContext<SqliteAppDbContext>();
                break;
            case DatabaseProvider.Postgres:
                services.AddDbContextFactory<PostgresAppDbContext>((provider, builder) => builder.UseNpgsql(options.ConnectionString).AddInterceptors(provider.GetRequiredService<ActivitySigner>()));
                services.AddAppDbContext<PostgresAppDbContext>();
                break;
            default:
                throw new InvalidOperationException($"Unknown database provider {options.Provider}.");
        }

        return services.AddInitializer();
    }

    /// <summary>Registers the factory of <see cref="AppDbContext"/> alone, for an application that says only when it runs where LazyMigrate's own database is.</summary>
    internal static IServiceCollection AddAppDatabase(this IServiceCollection services, Func<IServiceProvider, (DatabaseOptions Options, string DataFolder)> find)
    {
        services.AddSingleton<IDbContextFactory<AppDbContext>>(provider =>
        {
            var (options, dataFolder) = find(provider);
            var signer = provider.GetRequiredService<ActivitySigner>();
            return new LateAppDbContextFactory(options.Provider == DatabaseProvider.Postgres
                ? CreatePostgres(new DbContextOptionsBuilder<PostgresAppDbContext>().UseNpgsql(options.ConnectionString).AddInterceptors(signer).Options)
                : CreateSqlite(new DbContextOptionsBuilder<SqliteAppDbContext>().UseSqlite(SqliteConnectionString(options, dataFolder)).AddInterceptors(signer).Options));
        });
        return services.AddInitializer();

        static Func<AppDbContext> CreatePostgres(DbContextOptions<PostgresAppDbContext> options) => () => new PostgresAppDbContext(options);

        static Func<AppDbContext> CreateSqlite(DbContextOptions<SqliteAppDbContext> options) => () => new SqliteAppDbContext(options);
    }

    private static IServiceCollection AddInitializer(this IServiceCollection services)
    {
        services.TryAddSingleton<ActivityKeys>();
        services.TryAddSingleton<ActivitySigner>();
        services.TryAddSingleton<DatabaseInitializer>();
        return services;
    }

    private static string SqliteConnectionString(DatabaseOptions options, string dataFolder) =>
        options.ConnectionString is { Length: > 0 } given ? given : new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(dataFolder, "lazymigrate.db"),
            ForeignKeys = true,
            DefaultTimeout = 30,
        }.ToString();

    private static void AddAppDbContext<TContext>(this IServiceCollection services)
        where TContext : AppDbContext
    {
        services.AddSingleton<IDbContextFactory<AppDbContext>, AppDbContextFactory<TContext>>();
        services.AddScoped<AppDbContext>(provider => provider.GetRequiredService<TContext>());
    }

    private sealed class AppDbContextFactory<TContext>(IDbContextFactory<TContext> inner) : IDbContextFactory<AppDbContext>
        where TContext : AppDbContext
    {
        public AppDbContext CreateDbContext() => inner.CreateDbContext();
    }

    private sealed class LateAppDbContextFactory(Func<AppDbContext> create) : IDbContextFactory<AppDbContext>
    {
        public AppDbContext CreateDbContext() => create();
    }
}
