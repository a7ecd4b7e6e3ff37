using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting;

/// <summary>What V8 made of our own JavaScript in one run serves the next ones, and nothing of the run goes with it.</summary>
public sealed class FacadesTests(ScriptHost host) : IClassFixture<ScriptHost>
{
    private const string Uses = """
        const { Client } = require('pg');
        const url = new URL('https://ada:secret@example.com/a?b=1#c');
        return [Buffer.from('é').toString('hex'), [...new URLSearchParams('a=1&b=2')].join(), url.host, typeof new Client({ host: 'db' }).query].join(' ');
        """;

    [Fact]
    public async Task SecondIsolate_AfterAScriptThatSpoiledItsOwn_IsClean()
    {
        for (var run = 0; run < 12; run++)
        {
            await host.RunBodyAsync("""
                const own = Array.prototype[Symbol.iterator];
                Array.prototype[Symbol.iterator] = function () { return own.call(['spoiled']); };
                Object.assign = () => { throw new Error('spoiled'); };
                globalThis.Proxy = class { constructor() { return { spoiled: true }; } };
                Buffer.from = () => 'spoiled';
                for (const make of [() => new URL('https://example.com').host, () => require('pg').Client, () => Buffer.alloc(1)]) try { make(); } catch { }
                return 1;
                """);
            Assert.Equal("\"c3a9 a,1,b,2 example.com function\"", await host.AnswerAsync(Uses));
        }
    }

    [Fact]
    public async Task LazyGlobals_OfAFrozenGlobalObject_CanBeRead() =>
        Assert.Equal(
            "[\"YQ==\",\"example.com\",true]",
            await host.AnswerAsync("Object.freeze(globalThis); return [Buffer.from('a').toString('base64'), new URL('https://example.com').host, Buffer === Buffer];"));

    [Fact]
    public async Task FinalizationRegistry_IsThere_AndNeverCallsBack()
    {
        var answer = await host.AnswerAsync("""
            let calls = 0;
            const registry = new FinalizationRegistry(() => { calls++; });
            for (let i = 0; i < 200; i++) { registry.register({ big: new Array(1e4).fill(i) }, i); await new Promise((resolve) => setTimeout(resolve, 0)); }
            let refused = ''; try { new FinalizationRegistry(); } catch (error) { refused = error.name; }
            return [calls, registry.unregister({}), refused, String(registry), Object.prototype.toString.call(registry.constructor)];
            """);

        Assert.Equal("[0,false,\"TypeError\",\"[object FinalizationRegistry]\",\"[object Function]\"]", answer);
    }
}
