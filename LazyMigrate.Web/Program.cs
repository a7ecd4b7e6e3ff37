using LazyMigrate.Web.Cli;
using LazyMigrate.Web.Configuration;
using LazyMigrate.Web.Security;

if (args is ["script", ..])
{
    return await ScriptCommands.RunAsync(args);
}

try
{
    var builder = WebApplication.CreateBuilder(ServerDefaults.For(args));
    builder.AddSettings();
    builder.AddStorage();
    builder.AddScripts();
    builder.AddUsers();
    builder.AddSecurity();
    builder.AddPages();

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

/// <summary>The host, named so that tests can start it.</summary>
public sealed partial class Program;
