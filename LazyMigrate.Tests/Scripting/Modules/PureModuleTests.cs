using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Modules;

public sealed class PureModuleTests(ScriptHost host) : IClassFixture<ScriptHost>
{
    [Theory]
    [InlineData("require('crypto').createHash('md5').update('a').update('b').digest('hex')", "\"187ef4436122d1cc2f40dc2b92f0eba0\"")]
    [InlineData("require('node:crypto').createHash('sha1').update(Buffer.from('abc')).digest('base64')", "\"qZk+NkcGgWq6PiVxeFDCbJzQ2J0=\"")]
    [InlineData("require('crypto@1.0.0').createHash('SHA-256').update('é').digest().length", "32")]
    [InlineData("require('crypto').createHmac('sha256', 'key').update('data').digest('hex')", "\"5031fe3d989c6d1537a013fa6e739da23463fdaec3b70137d828e36ace221bd0\"")]
    [InlineData("require('crypto').pbkdf2Sync('password', 'salt', 1, 20, 'sha1').toString('hex')", "\"0c60c80f961f0e71f3a9b524af6012062fe037a6\"")]
    [InlineData("require('crypto').pbkdf2Sync('password', 'salt', 1, 20).toString('hex')", "\"0c60c80f961f0e71f3a9b524af6012062fe037a6\"")]
    [InlineData("await new Promise((resolve) => require('crypto').pbkdf2('password', 'salt', 1, 20, (error, key) => resolve(key.toString('hex'))))", "\"0c60c80f961f0e71f3a9b524af6012062fe037a6\"")]
    [InlineData("(await require('util').promisify(require('crypto').pbkdf2)('password', 'salt', 2, 20, 'sha1')).toString('hex')", "\"ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957\"")]
    [InlineData("[require('crypto').randomBytes(8).length, /^[0-9a-f]{8}-[0-9a-f]{4}-4/.test(require('crypto').randomUUID())]", "[8,true]")]
    [InlineData("[require('crypto').timingSafeEqual(Buffer.from('a'), Buffer.from('a')), require('crypto').timingSafeEqual(Buffer.from('a'), Buffer.from('b'))]", "[true,false]")]
    [InlineData("await require('util').promisify((a, callback) => callback(null, a + 1))(1)", "2")]
    [InlineData("require('util').format('%s=%d', 'a', 1) + require('util').inspect({ a: [1] })", "\"a=1{ a: [ 1 ] }\"")]
    [InlineData("require('util').isDeepStrictEqual({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] })", "true")]
    [InlineData("(() => { try { require('assert').strictEqual(1, 2, 'no'); } catch (e) { return [e.name, e.code, e.message]; } })()", """["AssertionError","ERR_ASSERTION","no"]""")]
    [InlineData("(() => { const E = require('events'); const e = new E.EventEmitter(); const seen = []; e.once('x', (v) => seen.push(v)).on('x', (v) => seen.push(v * 2)); e.emit('x', 1); e.emit('x', 2); return seen; })()", "[1,2,4]")]
    [InlineData("require('buffer').Buffer === Buffer", "true")]
    [InlineData("require('querystring').parse('a=1&a=2&b=x%20y')", """{"a":["1","2"],"b":"x y"}""")]
    [InlineData("require('querystring').stringify({ a: [1, 2], b: 'x y' })", "\"a=1&a=2&b=x%20y\"")]
    [InlineData("require('url').parse('http://u:p@h:81/a/b?c=d#e', true).query.c + require('url').parse('http://h/a').pathname", "\"d/a\"")]
    [InlineData("require('util') === require('node:util')", "true")]
    public async Task Module_OfNode_BehavesAsThere(string expression, string expected)
    {
        Assert.Equal(expected, await host.AnswerAsync($"return {expression};"));
    }
}
