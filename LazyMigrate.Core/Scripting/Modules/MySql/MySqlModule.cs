namespace LazyMigrate.Core.Scripting.Modules.MySql;

/// <summary>The npm packages <c>mysql</c> and <c>mysql2</c> over MySqlConnector. See https://github.com/mysqljs/mysql and https://sidorares.github.io/node-mysql2.</summary>
internal sealed class MySqlModule(MySqlPools pools, string name) : IScriptModule
{
    public IReadOnlyList<string> Names { get; } = [name];

    /// <summary>The package's own facade, with what both share as its fourth argument.</summary>
    public string Facade { get; } =
        $"(function (kit, module, require) {{\nconst values = ({EmbeddedText.Read("Modules.MySql.mysql-values.js").Trim()})(kit);\n({EmbeddedText.Read($"Modules.MySql.{name}.js").Trim()})(kit, module, require, values);\n}})";

    public IModuleSession OpenSession(ModuleRun run) => new MySqlSession(pools, run);
}
