using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting;

public class SandboxTests(ScriptHost host) : IClassFixture<ScriptHost>
{
    /// <summary>What V8 brings along of ECMAScript. A name that is new here is new to every script: look at it before adding it.</summary>
    private static readonly string[] s_ecmaScript =
    [
        "AggregateError", "Array", "ArrayBuffer", "AsyncDisposableStack", "BigInt", "BigInt64Array", "BigUint64Array", "Boolean", "DataView", "Date",
        "DisposableStack", "Error", "EvalError", "FinalizationRegistry", "Float16Array", "Float32Array", "Float64Array", "Function", "Infinity", "Int16Array",
        "Int32Array", "Int8Array", "Intl", "Iterator", "JSON", "Map", "Math", "NaN", "Number", "Object", "Promise", "Proxy", "RangeError", "ReferenceError",
        "Reflect", "RegExp", "Set", "String", "SuppressedError", "Symbol", "SyntaxError", "TypeError", "URIError", "Uint16Array", "Uint32Array", "Uint8Array",
        "Uint8ClampedArray", "WeakMap", "WeakRef", "WeakSet", "decodeURI", "decodeURIComponent", "encodeURI", "encodeURIComponent", "escape", "eval", "globalThis",
        "isFinite", "isNaN", "parseFloat", "parseInt", "undefined", "unescape",
    ];

    /// <summary>What the bootstrap adds. <c>EngineInternal</c> is ClearScript's: JavaScript only, and it cannot be removed.</summary>
    private static readonly string[] s_added =
    [
        "AbortController", "AbortSignal", "Blob", "Buffer", "DOMException", "EngineInternal", "File", "FormData", "Headers", "PlaceholderError", "Request", "Response", "TemporaryError", "TextDecoder", "TextEncoder", "URL", "URLSearchParams", "UnauthorizedError",
        "UserNotFoundError", "ValidationError", "WrongPasswordError", "WrongUsernameOrPasswordError", "atob", "btoa", "clearImmediate", "clearInterval",
        "clearTimeout", "console", "crypto", "env", "exports", "fetch", "global", "login", "module", "performance", "process", "queueMicrotask", "require", "setImmediate", "setInterval",
        "setTimeout", "structuredClone",
    ];

    [Fact]
    public async Task Globals_OfARun_AreTheApprovedOnes()
    {
        var json = await host.AnswerAsync("return Object.getOwnPropertyNames(globalThis).sort();");

        Assert.Equal(
            s_ecmaScript.Concat(s_added).Order(StringComparer.Ordinal),
            System.Text.Json.JsonSerializer.Deserialize<string[]>(json!)!.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Buffer.from('héllo €😀').toString('hex')", "\"68c3a96c6c6f20e282acf09f9880\"")]
    [InlineData("Buffer.from('68c3a96c6c6f20e282acf09f9880', 'hex').toString()", "\"héllo €😀\"")]
    [InlineData("Buffer.from('aGk_-w==', 'base64').toString('base64')", "\"aGk/+w==\"")]
    [InlineData("Buffer.from('aGk/+w', 'base64').toString('base64url')", "\"aGk_-w\"")]
    [InlineData("Buffer.from('aGk\\n/+w==', 'base64').length", "4")]
    [InlineData("Buffer.from('é', 'latin1').toString('hex')", "\"e9\"")]
    [InlineData("Buffer.from([255, 0, 256]).toJSON().data", "[255,0,0]")]
    [InlineData("Buffer.from(new Uint8Array([1, 2]).buffer).toString('hex')", "\"0102\"")]
    [InlineData("Buffer.from('zz', 'hex').length", "0")]
    [InlineData("Buffer.from('ab', 'utf16le').toString('hex')", "\"61006200\"")]
    [InlineData("Buffer.from('61006200', 'hex').toString('ucs2')", "\"ab\"")]
    [InlineData("Buffer.from([0xff, 0x61, 0xc3]).toString()", "\"\uFFFDa\uFFFD\"")]
    [InlineData("Buffer.concat([Buffer.from('a'), Buffer.from('b')]).toString()", "\"ab\"")]
    [InlineData("[Buffer.byteLength('€'), Buffer.from('a').equals(Buffer.from('a')), Buffer.compare(Buffer.from('a'), Buffer.from('b'))]", "[3,true,-1]")]
    [InlineData("[Buffer.isBuffer(Buffer.alloc(1)), Buffer.isBuffer(new Uint8Array(1)), Buffer.alloc(2) instanceof Buffer, Buffer.alloc(2) instanceof Uint8Array]", "[true,false,true,true]")]
    [InlineData("new Buffer('abc').slice(1).toString() + new Buffer(2).length + Buffer('x')", "\"bc2x\"")]
    [InlineData("(() => { const b = Buffer.from('abc'); b.subarray(1)[0] = 120; return b.toString(); })()", "\"axc\"")]
    [InlineData("(() => { const b = Buffer.alloc(8); b.writeUInt32BE(0xdeadbeef, 0); b.writeInt16LE(-2, 4); return [b.toString('hex'), b.readUInt32BE(0), b.readInt16LE(4)]; })()", """["deadbeeffeff0000",3735928559,-2]""")]
    [InlineData("[Buffer.from('abcabc').indexOf('ca'), Buffer.alloc(3, 'ab').toString(), Buffer.from('abc').includes('z')]", """[2,"aba",false]""")]
    [InlineData("[...new TextEncoder().encode('€')]", "[226,130,172]")]
    [InlineData("new TextDecoder().decode(new Uint8Array([0xef, 0xbb, 0xbf, 0x61]))", "\"a\"")]
    [InlineData("(() => { try { new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([0xc0, 0x80])); } catch (e) { return e.name; } })()", "\"TypeError\"")]
    [InlineData("[btoa('hi'), atob('aGk=')]", """["aGk=","hi"]""")]
    [InlineData("structuredClone({ a: [1, new Date(0)], m: new Map([[1, 2]]) }).m.get(1)", "2")]
    [InlineData("(() => { const a = { b: new Set([1]), e: new TypeError('x', { cause: 1 }), n: Object(5), v: new DataView(new ArrayBuffer(3), 1) }; a.self = a; const c = structuredClone(a); return [c !== a, c.self === c, c.b.has(1), c.e instanceof TypeError, c.e.cause, c.n.valueOf(), c.v.byteLength]; })()", "[true,true,true,true,1,5,2]")]
    [InlineData("[() => {}, Symbol('x'), Promise.resolve(), new WeakMap(), { a: { b() {} } }].map((v) => { try { structuredClone(v); } catch (e) { return e.name + e.code; } })", """["DataCloneError25","DataCloneError25","DataCloneError25","DataCloneError25","DataCloneError25"]""")]
    [InlineData("Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode('abc'))).toString('hex')", "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"")]
    [InlineData("[Buffer.from(await crypto.subtle.digest({ name: 'sha-1' }, new ArrayBuffer(0))).length, await crypto.subtle.digest('MD5', new Uint8Array(1)).catch((e) => e.name)]", """[20,"NotSupportedError"]""")]
    [InlineData("[/^[0-9a-f]{8}-[0-9a-f]{4}-4/.test(crypto.randomUUID()), crypto.getRandomValues(new Uint32Array(8)).some((x) => x > 0), (() => { try { crypto.getRandomValues(new Uint8Array(65537)); } catch (e) { return e.name; } })()]", """[true,true,"QuotaExceededError"]""")]
    [InlineData("(() => { const a = performance.now(); const b = performance.now(); return [typeof a, b >= a, performance.timeOrigin > 0]; })()", """["number",true,true]""")]
    [InlineData("(() => { const c = new AbortController(); const seen = []; c.signal.addEventListener('abort', (e) => seen.push(e.type)); c.signal.onabort = () => seen.push('on'); c.abort(); c.abort(); try { c.signal.throwIfAborted(); } catch (e) { return [seen, e.name, c.signal.aborted, AbortSignal.any([c.signal]).aborted]; } })()", """[["abort","on"],"AbortError",true,true]""")]
    [InlineData("(() => { try { new AbortSignal(); } catch (e) { return e.name; } })()", "\"TypeError\"")]
    [InlineData("(() => { const b = new Uint8Array(4); const r = new TextEncoder().encodeInto('a€😀', b); return [r.read, r.written, [...b]]; })()", "[2,4,[97,226,130,172]]")]
    [InlineData("[process.env === env, global === globalThis, typeof process.nextTick]", """[true,true,"function"]""")]
    [InlineData("new URL('HTTPS://User:p%40ss@Example.COM:443/a/../b c?x=1#h').href", "\"https://User:p%40ss@example.com/b%20c?x=1#h\"")]
    [InlineData("new URL('/p?q=2', 'http://h:81/a/b').href", "\"http://h:81/p?q=2\"")]
    [InlineData("new URL('c', 'http://h/a/b').pathname", "\"/a/c\"")]
    [InlineData("(() => { const u = new URL('postgres://u:p@db:5433/shop?ssl=true'); return [u.protocol, u.username, u.password, u.host, u.port, u.pathname, u.searchParams.get('ssl')]; })()", """["postgres:","u","p","db:5433","5433","/shop","true"]""")]
    [InlineData("(() => { const u = new URL('http://h/'); u.searchParams.set('a b', 'ü&'); return u.href; })()", "\"http://h/?a+b=%C3%BC%26\"")]
    [InlineData("[new URLSearchParams('a=1&a=2&b=%20+').getAll('a'), new URLSearchParams({ x: 'y z' }).toString()]", """[["1","2"],"x=y+z"]""")]
    [InlineData("URL.canParse('nonsense')", "false")]
    [InlineData("typeof setTimeout(() => {}, 1) + (global === globalThis) + process.platform", "\"objecttruelinux\"")]
    public async Task Global_OfNode_BehavesAsThere(string expression, string expected)
    {
        Assert.Equal(expected, await host.AnswerAsync($"return {expression};"));
    }

    [Fact]
    public async Task Timers_FireInOrderAndCanBeCleared()
    {
        var json = await host.AnswerAsync(
            """
            const seen = [];
            const never = setTimeout(() => seen.push('never'), 5);
            clearTimeout(never);
            setTimeout((a, b) => seen.push(a + b), 15, 'la', 'te');
            setTimeout(() => seen.push('early'), 2);
            setImmediate(() => seen.push('immediate'));
            process.nextTick(() => seen.push('tick'));
            queueMicrotask(() => seen.push('microtask'));
            let rounds = 0;
            await new Promise((resolve) => { const i = setInterval(() => { if (++rounds === 3) { clearInterval(i); setTimeout(resolve, 30); } }, 1); });
            return [seen, rounds];
            """);

        Assert.Equal("""[["tick","microtask","immediate","early","late"],3]""", json);
    }

    [Fact]
    public async Task Console_TablesGroupsAndTimes_AreLines()
    {
        var result = await host.RunBodyAsync(
            """
            console.table([{ a: 1, b: 'x' }, { a: 2 }]);
            console.table(5);
            console.group('outer'); console.log('in\nner'); console.groupEnd(); console.log('out');
            console.count(); console.count(); console.countReset(); console.count();
            console.assert(true, 'silent'); console.assert(false, 'loud');
            console.time('t'); console.timeLog('t', 'so far'); console.timeEnd('t'); console.timeEnd('t');
            console.dir({ a: { b: 1 } });
            console.trace('here');
            """);

        var lines = result.Console.Select(line => System.Text.RegularExpressions.Regex.Replace(line.Text, @"\d+\.\d{3}ms", "0ms")).ToList();
        Assert.Equal(
            [
                "| (index) | a | b   |\n|---------|---|-----|\n| 0       | 1 | 'x' |\n| 1       | 2 |     |",
                "5", "outer", "  in\n  ner", "out", "default: 1", "default: 2", "default: 1", "Assertion failed loud", "t: 0ms so far", "t: 0ms",
                "No such label 't' for console.time()", "{ a: { b: 1 } }",
            ],
            lines[..^1]);
        Assert.StartsWith("Trace: here\n    at login (script.js:", lines[^1], StringComparison.Ordinal);
    }
}
