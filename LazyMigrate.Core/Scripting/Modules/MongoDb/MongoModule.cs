namespace LazyMigrate.Core.Scripting.Modules.MongoDb;

/// <summary>The npm package <c>mongodb</c> over MongoDB.Driver. See https://mongodb.github.io/node-mongodb-native/.</summary>
internal sealed class MongoModule(MongoPools pools) : IScriptModule
{
    public IReadOnlyList<string> Names { get; } = ["mongodb"];

    public string Facade { get; } = EmbeddedText.Read("Modules.MongoDb.mongodb.js");

    public IModuleSession OpenSession(ModuleRun run) => new MongoSession(pools, run);
}
