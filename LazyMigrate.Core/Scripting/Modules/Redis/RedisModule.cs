namespace LazyMigrate.Core.Scripting.Modules.Redis;

/// <summary>The npm package <c>redis</c> (node-redis) over a connection a client. See https://github.com/redis/node-redis.</summary>
internal sealed class RedisModule : IScriptModule
{
    public IReadOnlyList<string> Names { get; } = ["redis"];

    public string Facade { get; } = EmbeddedText.Read("Modules.Redis.redis.js");

    public IModuleSession OpenSession(ModuleRun run) => new RedisSession(run);
}
