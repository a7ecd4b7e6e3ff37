using LazyMigrate.Core.Scripting.Modules.BetterSqlite3;

namespace LazyMigrate.Core.Scripting.Modules.Sqlite3;

/// <summary>The npm package <c>sqlite3</c>, reading only, over the host part of better-sqlite3. See https://github.com/TryGhost/node-sqlite3/wiki/API.</summary>
internal sealed class Sqlite3Module : IScriptModule
{
    public IReadOnlyList<string> Names { get; } = ["sqlite3"];

    public string Facade { get; } = EmbeddedText.Read("Modules.Sqlite3.sqlite3.js");

    public IModuleSession OpenSession(ModuleRun run) => new SqliteSession(run);
}
