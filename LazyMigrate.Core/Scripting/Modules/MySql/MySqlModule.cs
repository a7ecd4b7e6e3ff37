namespace LazyMigrate.Core.Scripting.Modules.MySql;

/// <summary>The npm packages <c>mysql</c> and <c>mysql2</c> over MySqlConnector. See https://github.com/mysqljs/mysql and https://sidorares.github.io/node-mysql2.</summary>
internal sealed class MySqlModule(MySqlPools pools, string name) : IScriptModule
{
    public IReadOnlyList<string> Names { get; } = [name];

    public string Facade { get; } = EmbeddedText.Read($"Modules.MySql.mysql-values+mysql-base+{name}-query+{name}-connection+{name}-pool+{name}.js");

    public IModuleSession OpenSession(ModuleRun run) => new MySqlSession(pools, run);
}
