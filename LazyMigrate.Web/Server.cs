using LazyMigrate.Web.Configuration;
using LazyMigrate.Web.Security;

namespace LazyMigrate.Web;

/// <summary>The server, apart from <c>Program</c> so that the other verbs do not load it.</summary>
internal static class Server
{
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var builder = WebApplication.CreateBuilder(ServerDefaults.For(args));
            builder.AddSettings();
            builder.AddStorage();
            builder.AddScripts();
            builder.AddUsers();
            builder.AddMail();
            builder.AddSecurity();
            builder.AddPages();
            builder.AddTelemetry();

            var app = builder.Build();
            app.UseSecurity();
            app.MapPages();
            await app.PrepareAsync();
            await app.ServeAsync();
            return 0;
        }
        catch (StartException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }
}
