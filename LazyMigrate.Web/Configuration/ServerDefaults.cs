namespace LazyMigrate.Web.Configuration;

internal static class ServerDefaults
{
    /// <summary>A published server finds its pages beside its binaries, wherever it is started from; <c>dotnet run</c> finds them by the build's manifest.</summary>
    public static WebApplicationOptions For(string[] args) => new()
    {
        Args = args,
        ContentRootPath = Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot")) ? AppContext.BaseDirectory : null,
    };
}
