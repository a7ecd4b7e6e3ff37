namespace LazyMigrate.Core.Scripting.Modules.BetterSqlite3;

/// <summary>The npm package <c>better-sqlite3</c>, reading only. See https://github.com/WiseLibs/better-sqlite3/blob/master/docs/api.md.</summary>
internal sealed class BetterSqlite3Module : IScriptModule
{
    public IReadOnlyList<string> Names { get; } = ["better-sqlite3"];

    public string Facade { get; } = EmbeddedText.Read("Modules.BetterSqlite3.better-sqlite3.js");

    public IModuleSession OpenSession(ModuleRun run) => new SqliteSession(run);
}
