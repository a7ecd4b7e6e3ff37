using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Modules;

/// <summary>What the suite does not compare: the habits of version 3, policy, and TLS.</summary>
public class RedisTests(RedisServer server, ScriptHost host) : IClassFixture<RedisServer>, IClassFixture<ScriptHost>
{
    /// <summary>The callbacks of version 3, which version 5 no longer has.</summary>
    [SkippableFact]
    public async Task Redis_OfVersion3_CallsBack()
    {
        Skip.IfNot(RedisServer.IsAvailable(out var reason), reason);
        var json = await host.AnswerAsync(
            """
            const redis = require('redis@3.1.2');
            const client = redis.createClient({ host: '127.0.0.1', port: env.PORT, password: env.PASSWORD });
            const seen = [];
            return await new Promise((resolve) => {
              client.on('ready', () => seen.push('ready'));
              client.hmset('user:1', { name: 'Ada', age: 36 }, (error, reply) => {
                seen.push(error, reply);
                client.hgetall('user:1', (error, user) => {
                  seen.push(error, user);
                  client.hgetall('user:2', (error, nobody) => {
                    seen.push(nobody);
                    client.get('user:1', (error) => {
                      seen.push(error.code);
                      client.quit((error, reply) => { seen.push(reply); resolve(seen); });
                    });
                  });
                });
              });
            });
            """,
            Reaching);

        Assert.Equal("""["ready",null,"OK",null,{"name":"Ada","age":"36"},null,"WRONGTYPE","OK"]""", json);
    }

    [SkippableFact]
    public async Task Host_NotAllowed_IsRefused_AndSubscribingToo()
    {
        Skip.IfNot(RedisServer.IsAvailable(out var reason), reason);
        var json = await host.AnswerAsync(
            """
            const { createClient } = require('redis');
            const elsewhere = await createClient({ url: 'redis://elsewhere.example' }).connect().catch((error) => error.code);
            const client = await createClient({ url: env.URI }).connect();
            const monitor = await client.sendCommand(['MONITOR']).catch((error) => error.code);
            return [elsewhere, monitor, await client.ping()];
            """,
            Reaching);

        Assert.Equal("""["EACCES","ERR_NOT_ALLOWED","PONG"]""", json);
    }

    [SkippableTheory]
    [InlineData("socket: { tls: true, ca: env.CA }", "\"PONG\"")]
    [InlineData("socket: { tls: true, rejectUnauthorized: false }", "\"PONG\"")]
    [InlineData("", "\"ERR_TLS_CERT\"")]
    public async Task Tls_ByUrlAndOptions_ChecksTheCertificate(string options, string expected)
    {
        Skip.IfNot(RedisServer.IsAvailable(out var reason), reason);
        Assert.Equal(
            expected,
            await host.AnswerAsync(
                $"const client = require('redis').createClient({{ url: env.TLS_URI, {options} }}); return await client.connect().then(() => client.ping(), (error) => error.code);",
                Reaching));
    }

    private ScriptRunRequest Reaching(ScriptRunRequest request) => request with
    {
        Limits = new ScriptLimits(),
        Access = new LegacyAccess([server.HostAndPort, $"127.0.0.1:{server.TlsPort}"], null, []),
        Variables = new Dictionary<string, string> { ["URI"] = server.ConnectionUri, ["PORT"] = $"{server.Port}", ["PASSWORD"] = RedisServer.Password, ["TLS_URI"] = server.TlsUri, ["CA"] = server.AuthorityPem },
    };
}
