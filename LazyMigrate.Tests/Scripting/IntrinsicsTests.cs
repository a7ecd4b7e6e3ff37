using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting;

/// <summary>Decision 6: scripts may change JavaScript's own objects, and change nothing of what a run comes to.</summary>
public sealed class IntrinsicsTests(ScriptHost host) : IClassFixture<ScriptHost>
{
    // Everything that the reading of an answer could be asked to go through.
    private const string Spoiled = """
        const define = Object.defineProperty;
        const evil = () => { throw new Error('spoiled'); };
        Object.keys = Object.create = Object.defineProperty = Object.assign = Object.freeze = evil;
        Reflect.apply = Reflect.ownKeys = Reflect.getPrototypeOf = evil;
        JSON.stringify = () => '{"id":"forged","email":"forged@example.com"}'; JSON.parse = evil;
        Array.isArray = evil; Error.isError = () => true; Error.captureStackTrace = evil;
        Array.prototype.map = Array.prototype.push = Array.prototype.join = Array.prototype.forEach = evil;
        Array.prototype[Symbol.iterator] = evil;
        String.prototype.slice = String.prototype.indexOf = String.prototype.toWellFormed = evil;
        Date.prototype.getTime = Date.prototype.toISOString = evil;
        Map.prototype.get = Map.prototype.set = Map.prototype.delete = WeakMap.prototype.get = WeakMap.prototype.set = evil;
        Object.prototype.toJSON = () => 'forged'; Object.prototype.toString = evil;
        ArrayBuffer.isView = () => true; Uint8Array = evil; String = evil;
        define(Object.prototype, 'code', { value: 'FORGED', writable: true });
        Promise = evil;
        """;

    [Theory]
    [InlineData("return { id: 7, email: 'ada@example.com', signedUp: new Date(0), roles: ['a'] };", typeof(LoginOutcome.Accepted))]
    [InlineData("return null;", typeof(LoginOutcome.NoSuchUser))]
    [InlineData("throw new WrongPasswordError();", typeof(LoginOutcome.WrongPassword))]
    [InlineData("throw new UserNotFoundError();", typeof(LoginOutcome.NoSuchUser))]
    [InlineData("throw new UnauthorizedError();", typeof(LoginOutcome.Blocked))]
    [InlineData("throw new TemporaryError();", typeof(LoginOutcome.Failed))]
    [InlineData("throw new TypeError();", typeof(LoginOutcome.Failed))]
    public async Task Outcome_OfAScriptThatSpoilsEverything_IsTheSame(string body, Type outcome)
    {
        var result = await host.Runner.RunAsync(host.Login($"async function login(query, password) {{ {Spoiled} {body} }}"));

        var read = host.Contract.ReadLogin(result);
        Assert.True(outcome.IsInstanceOfType(read), $"{read} {result.Completion}");
        Assert.Equal(read is LoginOutcome.Accepted ? "7" : null, (read as LoginOutcome.Accepted)?.Profile.Id);
    }

    [Theory]
    [InlineData("const e = new Error('a'); e.name = 'Mine'; e.message = 'b'; e.toString = () => 'c'; return [e.name, e.message, `${e}`];", """["Mine","b","c"]""")]
    [InlineData("class Mine extends Error { constructor(m) { super(m); this.name = 'Mine'; this.code = 5; } } const e = new Mine('x'); return [e.name, e.code, e instanceof Error];", """["Mine",5,true]""")]
    [InlineData("function Old(m) { this.message = m; this.name = 'Old'; } Old.prototype = Object.create(Error.prototype); Old.prototype.constructor = Old; const e = new Old('x'); return [`${e}`, e instanceof Error];", """["Old: x",true]""")]
    [InlineData("function Old(m) { Error.call(this, m); } Old.prototype = new Error(); Old.prototype.name = 'Old'; return new Old('x').name;", "\"Old\"")]
    [InlineData("const o = {}; o.toString = () => 'mine'; o.constructor = 1; o.hasOwnProperty = 2; o.valueOf = 3; return [`${o}`, o.constructor, o.hasOwnProperty, o.valueOf];", """["mine",1,2,3]""")]
    [InlineData("'use strict'; const o = Object.create({}); o.toString = 1; const f = () => {}; f.call = 2; const a = []; a.map = 3; return [o.toString, f.call, a.map];", "[1,2,3]")]
    [InlineData("Array.prototype.last = function () { return this[this.length - 1]; }; String.prototype.shout = function () { return this.toUpperCase() + '!'; }; return [[1, 2].last(), 'a'.shout()];", """[2,"A!"]""")]
    [InlineData("'use strict'; Array.prototype.includes = function (x) { return this.indexOf(x) !== -1; }; Object.assign = Object.assign; Math.trunc = (x) => x | 0; Number.isNaN = (x) => x !== x; return [[1].includes(1), Math.trunc(1.5)];", "[true,1]")]
    [InlineData("BigInt.prototype.toJSON = function () { return this.toString(); }; Date.prototype.toJSON = () => 'date'; return JSON.parse(JSON.stringify({ b: 5n, d: new Date(0) }));", """{"b":"5","d":"date"}""")]
    [InlineData("Promise.prototype.finally2 = Promise.prototype.finally; Promise.try = (f) => new Promise((r) => r(f())); Promise.delay = (ms) => new Promise((r) => setTimeout(r, ms)); await Promise.delay(1); return Promise.try(() => 5);", "5")]
    [InlineData("const Native = Promise; class Bird extends Native { spread(f) { return this.then((all) => f(...all)); } static promisify(f) { return (...a) => new Bird((y, n) => f(...a, (e, v) => (e ? n(e) : y(v)))); } } Promise = Bird; return Promise.all([1, Promise.promisify((x, done) => done(null, x))(2)]).spread((a, b) => a + b);", "3")]
    [InlineData("const Native = Promise; global.Promise = function Thenable(run) { const p = new Native(run); this.then = (a, b) => p.then(a, b); }; const r = await new Promise((y) => y(7)); const bcrypt = require('bcrypt'); return [r, await bcrypt.compare('x', await bcrypt.hash('x', 4))];", "[7,true]")]
    [InlineData("Reflect.metadata = () => {}; JSON.extra = 1; Math.clamp = (x, a, b) => Math.min(Math.max(x, a), b); return [JSON.extra, Math.clamp(9, 0, 5), typeof Reflect.metadata];", """[1,5,"function"]""")]
    [InlineData("Error.prepareStackTrace = (e, frames) => frames.length > 0; const s = new Error().stack; Error.prepareStackTrace = undefined; Error.stackTraceLimit = 5; return s;", "true")]
    [InlineData("console.log = () => {}; console.info('x'); Buffer.prototype.twice = function () { return Buffer.concat([this, this]); }; return Buffer.from('a').twice().toString();", "\"aa\"")]
    public async Task Idiom_OfRealScripts_Works(string body, string expected) => Assert.Equal(expected, await host.AnswerAsync(body));

    [Fact]
    public async Task Spoiled_InOneRun_IsWholeInTheNext()
    {
        await host.RunBodyAsync(Spoiled);

        Assert.Equal("[1,\"[object Object]\",null]", await host.AnswerAsync("return [...[1].map((x) => x), `${{}}`, {}.code ?? null];"));
    }
}
