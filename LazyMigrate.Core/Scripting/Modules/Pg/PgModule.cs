namespace LazyMigrate.Core.Scripting.Modules.Pg;

/// <summary>The npm package <c>pg</c> (node-postgres) over Npgsql. See https://node-postgres.com.</summary>
internal sealed class PgModule(PostgresPools pools) : IScriptModule
{
    public IReadOnlyList<string> Names { get; } = ["pg"];

    public string Facade { get; } = EmbeddedText.Read("Modules.Pg.pg.js");

    public IModuleSession OpenSession(ModuleRun run) => new PgSession(pools, run);
}
