using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting;

/// <summary>Scripts that run away, hide their running away, or reach for what is not theirs; each is followed by a good run.</summary>
public class HostileScriptTests(ScriptHost host) : IClassFixture<ScriptHost>
{
    private static readonly ScriptLimits s_short = new() { WallTime = TimeSpan.FromMilliseconds(400) };
    private static readonly ScriptLimits s_roomy = new() { WallTime = TimeSpan.FromSeconds(20), CpuTime = TimeSpan.FromSeconds(20) };

    [Theory]
    [InlineData("for (;;);")]
    [InlineData("await null; for (;;);")]
    [InlineData("await new Promise((resolve) => setTimeout(resolve, 1)); for (;;);")]
    [InlineData("for (;;) await null;")]
    [InlineData("(function again() { Promise.resolve().then(again); })(); await new Promise(() => {});")]
    [InlineData("(function again() { queueMicrotask(again); })(); await new Promise(() => {});")]
    [InlineData("(function again() { setImmediate(again); })(); await new Promise(() => {});")]
    [InlineData("setInterval(() => {}, 1); await new Promise(() => {});")]
    [InlineData("setTimeout(() => { for (;;); }, 1); await new Promise(() => {});")]
    [InlineData("for (;;) { try { for (;;); } catch { } finally { } }")]
    [InlineData("try { for (;;); } finally { for (;;); }")]
    [InlineData("return { get id() { for (;;); } };")]
    [InlineData("return new Proxy({}, { ownKeys() { for (;;); } });")]
    [InlineData("return { get then() { for (;;); } };")]
    [InlineData("return { then() { for (;;); } };")]
    [InlineData("throw { get message() { for (;;); } };")]
    [InlineData("throw { get stack() { for (;;); } };")]
    [InlineData("throw new Proxy(new Error('x'), { get() { for (;;); }, getPrototypeOf() { for (;;); } });")]
    [InlineData("throw Object.assign(new Error('x'), { get cause() { for (;;); } });")]
    [InlineData("console.log(new Proxy({}, { ownKeys() { for (;;); }, getPrototypeOf() { for (;;); } }));")]
    [InlineData("console.log('%s', { [Symbol.toPrimitive]() { for (;;); }, toString() { for (;;); } }); for (;;);")]
    [InlineData("Error.prepareStackTrace = () => { for (;;); }; new Error('x').stack;")]
    [InlineData("Object.defineProperty(globalThis, 'late', { get() { for (;;); } }); late;")]
    [InlineData("/(a+)+$/.test('a'.repeat(40) + 'b');")]
    [InlineData("[1, 2, 3].sort(() => { for (;;); });")]
    [InlineData("JSON.stringify({ toJSON() { for (;;); } });")]
    [InlineData("`${{ toString() { for (;;); } }}`;")]
    [InlineData("new (class { constructor() { for (;;); } })();")]
    [InlineData("for (const x of (function* () { for (;;) yield 1; })());")]
    [InlineData("eval('for (;;);');")]
    [InlineData("new Function('for (;;);')();")]
    [InlineData("require('util').inspect(new Proxy({}, { ownKeys() { for (;;); } }));")]
    [InlineData("require('bcrypt').compare('a', 'b', () => { for (;;); }); await new Promise(() => {});")]
    [InlineData("for (;;) console.log('again');")]
    [InlineData("for (;;) clearTimeout(setTimeout(() => {}, 1e6));")]
    [InlineData("(function nest() { try { nest(); } finally { nest(); } })();")]
    public async Task RunAsync_NeverEnding_EndsAtTheTimeLimit(string body)
    {
        var result = await host.RunBodyAsync(body, request => request with { Limits = s_short });

        Assert.Equal(ScriptFailureKind.TimeLimit, Assert.IsType<ScriptCompletion.Failed>(result.Completion).Failure.Kind);
        await AssertGoodRunAsync();
    }

    [Theory]
    [InlineData("const all = []; for (;;) all.push({});")]
    [InlineData("const all = []; for (;;) all.push(1.5);")]
    [InlineData("const all = new Map(); for (let i = 0; ; i++) all.set(i, i);")]
    [InlineData("const all = {}; for (let i = 0; ; i++) all['k' + i] = i;")]
    [InlineData("const all = []; for (let i = 0; ; i++) all.push('x'.repeat(1000) + i);")]
    [InlineData("const all = []; for (;;) all.push(() => all);")]
    [InlineData("const all = []; for (;;) { all.push({}); await null; }")]
    [InlineData("(function flood() { Promise.resolve().then(flood); Promise.resolve().then(flood); })(); await new Promise(() => {});")]
    [InlineData("Array.from({ length: 1e8 }, (_, i) => ({ i }));")]
    [InlineData("const all = []; for (;;) { try { for (;;) all.push({}); } catch { } }")]
    [InlineData("return { get id() { const all = []; for (;;) all.push({}); } };")]
    [InlineData("const all = []; for (;;) all.push(new ArrayBuffer(1e6));")]
    [InlineData("const all = []; for (;;) all.push(Buffer.alloc(1e6, 1));")]
    public async Task RunAsync_EverGrowing_EndsAtTheMemoryLimit(string body)
    {
        var result = await host.RunBodyAsync(body, request => request with { Limits = s_roomy });

        Assert.Equal(ScriptFailureKind.MemoryLimit, Assert.IsType<ScriptCompletion.Failed>(result.Completion).Failure.Kind);
        await AssertGoodRunAsync();
    }

    [Theory]
    [InlineData("function deep() { return deep() + 1; } deep();", "RangeError")]
    [InlineData("(function deep() { return [1].map(deep); })();", "RangeError")]
    [InlineData("let text = 'x'; for (;;) text += text;", "RangeError")]
    [InlineData("'x'.repeat(2 ** 30);", "RangeError")]
    [InlineData("for (;;) setTimeout(() => {}, 1e6);", "RangeError")]
    [InlineData("JSON.parse('['.repeat(100000));", "SyntaxError")]
    [InlineData("await import('fs');", "Error")]
    public async Task RunAsync_RefusedByTheEngine_ThrowsInsideTheScript(string body, string name)
    {
        var result = await host.RunBodyAsync(body);

        Assert.Equal(name, Assert.IsType<ScriptCompletion.Threw>(result.Completion).Error.Name);
        await AssertGoodRunAsync();
    }

    [Theory]
    [InlineData("return Array(300000).fill('x');")]
    [InlineData("return { a: 'x'.repeat(300000) };")]
    [InlineData("return Object.fromEntries(Array.from({ length: 50000 }, (_, i) => ['key' + i, i]));")]
    [InlineData("return { length: 1, list: new Array(1e9) };")]
    [InlineData("const loop = {}; loop.loop = loop; return loop;")]
    [InlineData("return { a: { b: { c: { d: { e: { f: 1 } } } } } };")]
    [InlineData("let deep = {}; for (let i = 0; i < 100000; i++) deep = { deep }; return deep;")]
    [InlineData("return { bytes: new Uint8Array(1e6) };")]
    public async Task RunAsync_TooLargeAnAnswer_EndsAtTheResultLimit(string body)
    {
        var result = await host.RunBodyAsync(body);

        Assert.Equal(ScriptFailureKind.ResultLimit, Assert.IsType<ScriptCompletion.Failed>(result.Completion).Failure.Kind);
        await AssertGoodRunAsync();
    }

    [Theory]
    [InlineData("Object.prototype.toJSON = () => 'forged'; Array.prototype.toJSON = () => 'forged';")]
    [InlineData("JSON.stringify = () => '\"forged\"'; JSON.parse = () => 'forged';")]
    [InlineData("Object.keys = () => []; Array.isArray = () => true; Reflect.ownKeys = () => [];")]
    [InlineData("Promise.prototype.then = () => { throw new Error('forged'); }; Promise.resolve = () => 'forged';")]
    [InlineData("globalThis.Promise = null; globalThis.JSON = null; globalThis.Object = null; globalThis.Reflect = null;")]
    [InlineData("Array.prototype.push = () => { throw new Error('forged'); }; Array.prototype.map = () => 'forged'; Array.prototype[Symbol.iterator] = null;")]
    [InlineData("Function.prototype.call = () => 'forged'; Function.prototype.apply = () => 'forged'; Function.prototype.bind = null;")]
    [InlineData("Map.prototype.get = WeakMap.prototype.get = () => 'WrongPassword'; String.prototype.slice = () => 'forged';")]
    [InlineData("Object.defineProperty(Object.prototype, 'id', { get: () => 'forged', set: () => {} });")]
    [InlineData("Object.defineProperty(Object.prototype, 'value', { get: () => 'forged', configurable: true });")]
    [InlineData("Object.freeze(Object.prototype); Object.freeze(Array.prototype);")]
    public async Task RunAsync_PollutedIntrinsics_AnswerIsTheScriptsOwn(string pollution)
    {
        var json = await host.AnswerAsync($"const answer = {{ __proto__: null, id: 'u1', list: [1, {{ __proto__: null, a: 2 }}], at: new Date(0) }}; {pollution} return answer;");

        Assert.Equal("""{"id":"u1","list":[1,{"a":2}],"at":"1970-01-01T00:00:00.000Z"}""", json);
        await AssertGoodRunAsync();
    }

    [Fact]
    public async Task RunAsync_InheritedFieldsAndToJson_AreNotInTheAnswer()
    {
        var json = await host.AnswerAsync("return Object.assign(Object.create({ inherited: 1 }), { own: 2, toJSON: () => ({ forged: 3 }) });");

        Assert.Equal("""{"own":2}""", json);
    }

    [Theory]
    [InlineData("System")]
    [InlineData("host")]
    [InlineData("clr")]
    [InlineData("xHost")]
    [InlineData("Microsoft")]
    [InlineData("WebAssembly")]
    [InlineData("SharedArrayBuffer")]
    [InlineData("Atomics")]
    [InlineData("Deno")]
    [InlineData("settings")]
    [InlineData("kit")]
    [InlineData("callModule")]
    [InlineData("hostFunction")]
    public async Task RunAsync_NameOfTheHost_IsNotDefined(string name)
    {
        Assert.Equal("\"undefined\"", await host.AnswerAsync($"return typeof {name};"));
    }

    [Fact]
    public async Task RunAsync_StackInspection_GivesNoFunctionOfTheBootstrap()
    {
        var json = await host.AnswerAsync(
            """
            const seen = [];
            Error.prepareStackTrace = (error, sites) => { for (const site of sites) { try { seen.push(site.getFunction(), site.getThis()); } catch { } } return ''; };
            new Error('a').stack;
            setTimeout(() => { new Error('b').stack; }, 1);
            await new Promise((resolve) => setTimeout(resolve, 5));
            try { require('better-sqlite3')('x'); } catch (error) { error.stack; }
            await require('bcrypt').hash('x', 4);
            return { found: seen.filter((item) => item !== undefined && item !== login && item !== globalThis && !String(item).includes("'b'")).length };
            """);

        Assert.Equal("""{"found":0}""", json);
    }

    [Fact]
    public async Task RunAsync_CallerOfTheFunction_IsHidden()
    {
        var result = await host.Runner.RunAsync(host.Login("function login() { return [login.caller, arguments.callee.caller]; }"));

        Assert.Equal("[null,null]", Assert.IsType<ScriptCompletion.Answered>(result.Completion).Json);
    }

    [Theory]
    [InlineData("return this.constructor.constructor('return typeof System + typeof host + typeof process.mainModule')();", "\"undefinedundefinedundefined\"")]
    [InlineData("return typeof require('pg').Client.prototype.GetType + typeof console.log.GetType + typeof require.ToString;", "\"undefinedundefinedundefined\"")]
    [InlineData("try { new (require('pg').Client)('x').connect().constructor.constructor('return host')(); } catch (e) { return e.name; }", "\"ReferenceError\"")]
    [InlineData("return Object.keys(EngineInternal).some((name) => /type|host.*(object|type|list)/i.test(name) && name !== 'isHostObject');", "false")]
    [InlineData("const e = await new (require('pg').Client)('postgres://127.0.0.1:1/x').connect().catch((e) => e); return Object.keys(e).sort();", """["code"]""")]
    [InlineData("try { require('crypto').createHash('nope').update('x').digest(); } catch (e) { return /Microsoft|System\\.|\\.cs:|ClearScript/.test(e.stack + e.message); }", "false")]
    public async Task RunAsync_ReachingOut_FindsNothing(string body, string expected)
    {
        Assert.Equal(expected, await host.AnswerAsync(body));
        await AssertGoodRunAsync();
    }

    [Fact]
    public async Task RunAsync_StateLeftByAnotherRun_IsNotSeen()
    {
        await host.RunBodyAsync("globalThis.stolen = password; env.STOLEN = password; require('util').stolen = password; Array.prototype.stolen = password; return null;");

        Assert.Equal(
            """["undefined","undefined","undefined","undefined"]""",
            await host.AnswerAsync("return [typeof stolen, typeof env.STOLEN, typeof require('util').stolen, typeof [].stolen];"));
    }

    [Fact]
    public async Task RunAsync_AnswersAndGoesOnForEver_TheAnswerCounts()
    {
        var json = await host.AnswerAsync("Promise.resolve().then(() => Promise.resolve()).then(() => {}).then(() => { setTimeout(() => { for (;;); }, 0); }); return { id: 1 };");

        Assert.Equal("""{"id":1}""", json);
        await AssertGoodRunAsync();
    }

    [Fact]
    public async Task RunAsync_AnsweringTwice_TheFirstCounts()
    {
        var json = await host.AnswerAsync("return { then(resolve) { resolve({ id: 'first' }); resolve({ id: 'second' }); throw new Error('third'); } };");

        Assert.Equal("""{"id":"first"}""", json);
    }

    [Fact]
    public async Task RunAsync_ThousandsOfLargeConsoleLines_KeepsAHundredShortOnes()
    {
        var result = await host.RunBodyAsync("for (let i = 0; i < 2000; i++) console.log('x'.repeat(50000), i); return null;");

        Assert.Equal(101, result.Console.Count);
        Assert.All(result.Console, line => Assert.True(line.Text.Length <= 2048));
        Assert.Equal("1,900 more lines were dropped: a run keeps 100.", result.Console[^1].Text);
        await AssertGoodRunAsync();
    }

    /// <summary>After each script: the next run succeeds, and whoever shares the process has noticed nothing.</summary>
    private async Task AssertGoodRunAsync()
    {
        Assert.Equal("""{"id":"good"}""", await host.AnswerAsync("await null; return { id: 'good' };"));
        await AssertUnharmedAsync();
    }

    private protected virtual Task AssertUnharmedAsync() => Task.CompletedTask;
}
