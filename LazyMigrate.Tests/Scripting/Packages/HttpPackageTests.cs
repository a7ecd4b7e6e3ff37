using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Packages;
using LazyMigrate.Tests.TestServices;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Tests.Scripting.Packages;

/// <summary>npm packages that ask over Node's http, brought along, against a real server.</summary>
public sealed class HttpPackageTests
{
    [SkippableTheory]
    [InlineData("axios", "const axios = require('axios'); const { data, status } = await axios.post(a + '/echo', { a: 1 }, { params: { q: 'x' } }); const gone = await axios.get(a + '/status/404').catch((e) => [e.code, e.response.status]); const moved = await axios.get(a + '/redirect?to=/gzip'); return [status, data.method, data.url, data.body, gone, moved.data];", """[200,"POST","/echo?q=x","{\"a\":1}",["ERR_BAD_REQUEST",404],"small"]""")]
    [InlineData("request", "const request = require('request'); return new Promise((done) => request.post({ url: a + '/echo', form: { a: 'b' }, json: true, auth: { user: 'u', pass: 'p' } }, (e, r, body) => done([e, r.statusCode, body.body, body.headers.authorization])));", """[null,200,"a=b","Basic dTpw"]""")]
    [InlineData("request-promise-native", "const rp = require('request-promise-native'); return [(await rp({ uri: a + '/echo', json: true })).method, await rp(a + '/status/403').catch((e) => [e.name, e.statusCode])];", """["GET",["StatusCodeError",403]]""")]
    [InlineData("node-fetch", "const fetch = require('node-fetch'); const r = await fetch(a + '/redirect?to=/gzip'); return [r.status, r.redirected, await r.text()];", """[200,true,"small"]""")]
    [InlineData("superagent", "const agent = require('superagent'); const r = await agent.post(a + '/echo').send({ a: 1 }).set('X-A', 'b').query({ q: 'x' }); const gone = await agent.get(a + '/status/404').catch((e) => e.status); return [r.status, r.body.body, r.body.url, r.body.headers['x-a'], gone];", """[200,"{\"a\":1}","/echo?q=x","b",404]""")]
    [InlineData("amazon-cognito-identity-js", "const { CognitoUserPool, CognitoUser, AuthenticationDetails } = require('amazon-cognito-identity-js'); const ask = (Password) => new Promise((done) => { const user = new CognitoUser({ Username: 'ada', Pool: new CognitoUserPool({ UserPoolId: 'eu-west-1_abcdefghi', ClientId: 'x', endpoint: a + '/cognito' }) }); user.setAuthenticationFlowType('USER_PASSWORD_AUTH'); user.authenticateUser(new AuthenticationDetails({ Username: 'ada', Password }), { onSuccess: (session) => done(session.getIdToken().payload.email), onFailure: (e) => done([e.code, e.message]) }); }); return [await ask('opensesame'), await ask('wrong')];", """["ada@example.com",["NotAuthorizedException","Incorrect username or password."]]""")]
    [InlineData("got", """
        const got = require('got');
        const posted = await got.post(a + '/echo', { json: { a: 1 }, searchParams: { q: 'x' }, responseType: 'json' });
        const gone = await got(a + '/status/404', { retry: 0 }).catch((e) => [e.name, e.code, e.response.statusCode, e.response.body]);
        const moved = await got(a + '/redirect?to=/gzip');
        const api = got.extend({ prefixUrl: a, username: 'u', password: 'p', hooks: { beforeRequest: [(options) => { options.headers['x-hook'] = '1'; }] } });
        const form = await api.post('echo', { form: { a: 'b c' } }).json();
        const chunks = [];
        for await (const chunk of got.stream(a + '/echo')) chunks.push(chunk);
        const late = await got(a + '/never', { timeout: 50, retry: 0 }).catch((e) => [e.name, e.code]);
        return [posted.statusCode, posted.body.url, posted.body.body, gone, moved.body, moved.url.slice(-5), form.body, form.headers.authorization, form.headers['x-hook'], JSON.parse(Buffer.concat(chunks)).method, late];
        """, """[200,"/echo?q=x","{\"a\":1}",["HTTPError","ERR_NON_2XX_3XX_RESPONSE",404,"{\"error\":\"status\"}"],"small","/gzip","a=b+c","Basic dTpw","1","GET",["TimeoutError","ETIMEDOUT"]]""")]
    public async Task Require_PackageThatAsksOverHttp_Works(string name, string body, string expected)
    {
        await using var server = await TestHttpServer.StartAsync();
        var packages = BroughtPackageTests.Installed(name);
        await using var host = new ScriptHost(services => services.AddSingleton<IScriptPackageSource>(new FixedPackageSource(packages)));

        Assert.Equal(expected, await host.AnswerAsync(
            $"const a = '{server.Address}'; {body}",
            request => request with { Access = new LegacyAccess([server.HostAndPort], null, []), Limits = new ScriptLimits { WallTime = TimeSpan.FromSeconds(20), CpuTime = TimeSpan.FromSeconds(15), HeapMegabytes = 256 } }));
    }
}
