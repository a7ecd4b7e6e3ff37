using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Modules;

/// <summary>fetch, axios, request and node-fetch against a real server.</summary>
public class HttpTests(ScriptHost host) : IClassFixture<ScriptHost>, IAsyncLifetime
{
    private TestHttpServer _server = null!;

    public async Task InitializeAsync() => _server = await TestHttpServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("const r = await fetch(a + '/echo?x=1'); return [r.status, r.ok, r.statusText, r.redirected, r.url === a + '/echo?x=1', (await r.json()).method];", """[200,true,"OK",false,true,"GET"]""")]
    [InlineData("const r = await fetch(a + '/echo', { method: 'post', body: JSON.stringify({ é: '€' }), headers: { 'Content-Type': 'application/json', Authorization: 'Bearer t' } }); const e = await r.json(); return [e.method, e.body, e.headers['content-type'], e.headers.authorization];", """["POST","{\"é\":\"€\"}","application/json","Bearer t"]""")]
    [InlineData("const r = await fetch(new Request(a + '/echo', { method: 'PUT', body: new URLSearchParams({ a: 'b c' }) })); const e = await r.json(); return [e.method, e.body, e.headers['content-type']];", """["PUT","a=b+c","application/x-www-form-urlencoded;charset=UTF-8"]""")]
    [InlineData("const r = await fetch(new URL('/status/401', a)); return [r.status, r.ok, await r.text()];", """[401,false,"{\"error\":\"status\"}"]""")]
    [InlineData("const r = await fetch(a + '/echo'); return [r.headers.getSetCookie(), r.headers.get('Content-Type'), r.headers.has('nothing')];", """[["a=1","b=2"],"application/json; charset=utf-8",false]""")]
    [InlineData("await fetch(a + '/echo'); return (await (await fetch(a + '/echo')).json()).headers.cookie === undefined;", "true")]
    [InlineData("return await (await fetch(a + '/gzip')).text();", "\"small\"")]
    [InlineData("const r = await fetch(a + '/bytes?count=3'); const c = r.clone(); return [(await r.arrayBuffer()).byteLength, (await c.bytes()).length, r.bodyUsed];", "[3,3,true]")]
    [InlineData("const r = await fetch(a + '/status/204'); return [r.status, await r.text()];", """[204,""]""")]
    [InlineData("const r = await fetch(a + '/redirect?to=/echo', { redirect: 'manual' }); return [r.status, r.headers.get('location')];", """[302,"/echo"]""")]
    [InlineData("const r = await fetch(a + '/chain?left=5'); return [r.status, r.redirected, r.url.slice(-6)];", """[200,true,"left=0"]""")]
    [InlineData("const r = await fetch(a + '/redirect?to=/echo', { method: 'POST', body: 'x', headers: { authorization: 'b' } }); const e = await r.json(); return [e.method, e.body, e.headers['content-type'] ?? null, e.headers.authorization];", """["GET","",null,"b"]""")]
    [InlineData("const r = await fetch(a + '/redirect?status=307&to=/echo', { method: 'POST', body: 'x' }); const e = await r.json(); return [e.method, e.body];", """["POST","x"]""")]
    [InlineData("const c = new AbortController(); setTimeout(() => c.abort(), 20); try { await fetch(a + '/never', { signal: c.signal }); } catch (e) { return [e.name, e.code, e instanceof DOMException]; }", """["AbortError",20,true]""")]
    [InlineData("try { await fetch(a + '/never', { signal: AbortSignal.timeout(20) }); } catch (e) { return e.name; }", "\"TimeoutError\"")]
    [InlineData("try { await fetch(a + '/never', { signal: AbortSignal.abort('why') }); } catch (e) { return e; }", "\"why\"")]
    [InlineData("try { await fetch('nonsense'); } catch (e) { return [e.name, e.code]; }", """["TypeError","ERR_INVALID_URL"]""")]
    [InlineData("const r = Response.json({ a: 1 }, { status: 201 }); return [r.status, r.headers.get('content-type'), await r.json()];", """[201,"application/json",{"a":1}]""")]
    [InlineData("const h = new Headers([['A', '1'], ['a', '2']]); h.append('b', 'x'); h.delete('b'); return [...h];", """[["a","1, 2"]]""")]
    [InlineData("const fetch = require('node-fetch'); const r = await fetch(a + '/echo'); return [(await r.json()).method, r.headers.raw()['set-cookie'].length, typeof require('node-fetch@2.6.1').default];", """["GET",2,"function"]""")]
    public async Task Fetch_BehavesAsInNode(string body, string expected) => Assert.Equal(expected, await AnswerAsync(body));

    [Theory]
    [InlineData("const { data, status } = await axios.get(a + '/echo', { params: { q: 'a b', list: [1, 2], none: null }, headers: { 'X-A': 'b' } }); return [status, data.url, data.headers['x-a']];", """[200,"/echo?q=a+b&list%5B%5D=1&list%5B%5D=2","b"]""")]
    [InlineData("const { data } = await axios.post(a + '/echo', { a: 1 }); return [data.method, data.body, data.headers['content-type']];", """["POST","{\"a\":1}","application/json"]""")]
    [InlineData("const { data } = await axios({ method: 'post', url: a + '/echo', data: 'a=1', auth: { username: 'u', password: 'p' } }); return [data.body, data.headers.authorization, data.headers['content-type']];", """["a=1","Basic dTpw","application/x-www-form-urlencoded"]""")]
    [InlineData("const { data } = await axios.put(a + '/echo', new URLSearchParams({ a: 'b' })); return data.body;", "\"a=b\"")]
    [InlineData("try { await axios.get(a + '/status/401'); } catch (e) { return [e.name, e.message, e.code, e.response.status, e.response.data, axios.isAxiosError(e), e instanceof Error, e.status]; }", """["AxiosError","Request failed with status code 401","ERR_BAD_REQUEST",401,{"error":"status"},true,true,401]""")]
    [InlineData("return (await axios.get(a + '/status/404', { validateStatus: () => true })).status;", "404")]
    [InlineData("const api = axios.create({ baseURL: a + '/', headers: { 'X-Key': 'k' }, timeout: 3000 }); const { data } = await api.get('/echo'); return [data.headers['x-key'], data.url];", """["k","/echo"]""")]
    [InlineData("const api = axios.create(); api.interceptors.request.use((c) => ({ ...c, headers: { ...c.headers, 'x-i': '1' } })); api.interceptors.response.use((r) => r.data.headers['x-i']); return await api.get(a + '/echo');", "\"1\"")]
    [InlineData("try { await axios.get(a + '/never', { timeout: 30 }); } catch (e) { return [e.code, e.message]; }", """["ECONNABORTED","timeout of 30ms exceeded"]""")]
    [InlineData("return (await axios.get(a + '/bytes?count=4', { responseType: 'arraybuffer' })).data.length;", "4")]
    [InlineData("return (await axios.get(a + '/gzip')).data;", "\"small\"")]
    [InlineData("return (await axios.get(a + '/redirect?to=/echo')).data.url;", "\"/echo\"")]
    public async Task Axios_BehavesAsTheOriginal(string body, string expected) =>
        Assert.Equal(expected, await AnswerAsync("const axios = require('axios');" + body));

    [Theory]
    [InlineData("request(a + '/echo', (e, r, body) => done([r.statusCode, JSON.parse(body).method, typeof r.headers['content-type']]));", """[200,"GET","string"]""")]
    [InlineData("request({ url: a + '/echo', method: 'POST', json: { a: 1 } }, (e, r, body) => done([body.method, body.body]));", """["POST","{\"a\":1}"]""")]
    [InlineData("request.post({ url: a + '/echo', form: { a: 'b c', d: ['x'] }, json: true }, (e, r, body) => done([body.body, body.headers['content-type']]));", """["a=b%20c&d%5B0%5D=x","application/x-www-form-urlencoded"]""")]
    [InlineData("request.get(a + '/echo', { qs: { x: 'y z' }, auth: { user: 'u', pass: 'p' }, json: true }, (e, r, body) => done([body.url, body.headers.authorization]));", """["/echo?x=y%20z","Basic dTpw"]""")]
    [InlineData("request.get({ uri: a + '/echo', auth: { bearer: 't' }, json: true }, (e, r, body) => done(body.headers.authorization));", "\"Bearer t\"")]
    [InlineData("request(a + '/status/500', (e, r) => done([e, r.statusCode]));", "[null,500]")]
    [InlineData("request(a + '/never', { timeout: 30 }, (e) => done([e.code]));", """["ESOCKETTIMEDOUT"]""")]
    [InlineData("request.post(a + '/redirect?to=/echo', (e, r) => done(r.statusCode));", "302")]
    [InlineData("request.defaults({ baseUrl: a, json: true })('/echo', (e, r, body) => done(body.url));", "\"/echo\"")]
    [InlineData("request(a + '/bytes?count=2', { encoding: null }, (e, r, body) => done([Buffer.isBuffer(body), body.length]));", "[true,2]")]
    [InlineData("require('request-promise')({ uri: a + '/echo', json: true }).then((body) => done(body.method));", "\"GET\"")]
    [InlineData("require('request-promise-native').get(a + '/status/403').catch((e) => done([e.name, e.statusCode]));", """["StatusCodeError",403]""")]
    public async Task Request_BehavesAsTheOriginal(string body, string expected) =>
        Assert.Equal(expected, await AnswerAsync("const request = require('request'); return new Promise((done) => { " + body + " });"));

    [Theory]
    [InlineData("await fetch(a + '/bytes?count=1048577');", ScriptFailureKind.ResponseLimit)]
    [InlineData("await fetch(a + '/bomb');", ScriptFailureKind.ResponseLimit)]
    [InlineData("try { await fetch(a + '/bomb'); } catch { } return { id: 1, email: 'a@example.com' };", ScriptFailureKind.ResponseLimit)]
    [InlineData("for (let i = 0; i < 21; i++) await fetch(a + '/status/200');", ScriptFailureKind.ModuleCallLimit)]
    [InlineData("await fetch(a + '/chain?left=6');", ScriptFailureKind.ModuleError)]
    [InlineData("await fetch(a + '/redirect?to=/echo', { redirect: 'error' });", ScriptFailureKind.ModuleError)]
    [InlineData("await fetch(a + '/redirect?to=http://127.0.0.1:1/');", ScriptFailureKind.ModuleError)]
    [InlineData("await fetch(a + '/redirect?to=file:///etc/passwd');", ScriptFailureKind.ModuleError)]
    [InlineData("await fetch('file:///etc/passwd');", ScriptFailureKind.ModuleError)]
    [InlineData("await fetch(a + '/broken');", ScriptFailureKind.ModuleError)]
    [InlineData("try { await fetch(a + '/broken'); } catch (e) { throw new Error('Wrong password'); }", ScriptFailureKind.ModuleError)]
    [InlineData("await require('axios').get(a + '/status/503');", ScriptFailureKind.ModuleError)]
    [InlineData("const r = await fetch(a + '/status/500'); if (!r.ok) throw new Error('Wrong password');", ScriptFailureKind.ModuleError)]
    [InlineData("await require('axios').get(a + '/never', { timeout: 20 });", ScriptFailureKind.ModuleError)]
    public async Task LogIn_LegacyServiceInTrouble_IsFailed(string body, ScriptFailureKind kind)
    {
        var result = await RunAsync(body);

        Assert.Equal(kind, Assert.IsType<LoginOutcome.Failed>(host.Contract.ReadLogin(result)).Failure.Kind);
        Assert.Equal("200", await AnswerAsync("return (await fetch(a + '/status/200')).status;"));
    }

    [Fact]
    public async Task LogIn_LegacyServiceRefuses_IsWrongPassword() =>
        Assert.IsType<LoginOutcome.WrongPassword>(host.Contract.ReadLogin(await RunAsync("await require('axios').post(a + '/status/401', { password });")));

    [Fact]
    public async Task Fetch_RedirectToAnotherOrigin_TakesNoCredentialsAlong()
    {
        await using var other = await TestHttpServer.StartAsync();

        var json = await AnswerAsync(
            $"const r = await fetch(a + '/redirect?to={other.Address}/echo', {{ headers: {{ authorization: 'Bearer t', cookie: 'c=1', 'x-a': 'b' }} }}); const e = await r.json(); return [e.headers.authorization ?? null, e.headers.cookie ?? null, e.headers['x-a']];",
            other.HostAndPort);

        Assert.Equal("""[null,null,"b"]""", json);
    }

    [Fact]
    public async Task Fetch_Call_IsRecordedWithoutValues()
    {
        var result = await RunAsync("await fetch(a + '/status/503?secret=1').catch(() => {}); return null;");

        var call = Assert.Single(result.ModuleCalls);
        Assert.Equal(("undici", "fetch", (int?)null, "HTTP 503"), (call.Module, call.Operation, call.Rows, call.Error));
    }

    private Task<ScriptRunResult> RunAsync(string body, params string[] moreHosts) => host.RunBodyAsync(
        $"const a = '{_server.Address}'; {body}",
        request => request with
        {
            Access = new LegacyAccess([_server.HostAndPort, .. moreHosts], null, []),
            Limits = ScriptHost.ShortLimits,
        });

    private async Task<string?> AnswerAsync(string body, params string[] moreHosts)
    {
        var result = await RunAsync(body, moreHosts);
        return result.Completion is ScriptCompletion.Answered answered ? answered.Json : $"{result.Completion}";
    }
}
