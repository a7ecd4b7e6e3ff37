namespace LazyMigrate.Core.Scripting.Modules.SqlServer;

/// <summary>
/// The npm package <c>tedious</c> over Microsoft.Data.SqlClient. See https://tediousjs.github.io/tedious/. The package
/// <c>mssql</c> is JavaScript above it, as the original is.
/// </summary>
internal sealed class SqlServerModule(SqlServerPools pools) : IScriptModule
{
    public IReadOnlyList<string> Names { get; } = ["tedious"];

    public string Facade { get; } = EmbeddedText.Read("Modules.SqlServer.tedious-request+tedious-config+tedious-reply+tedious.js");

    public IModuleSession OpenSession(ModuleRun run) => new SqlServerSession(pools, run);
}
