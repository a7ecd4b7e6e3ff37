using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Modules;

/// <summary>Own authorities and client certificates, against a real TLS server that requires them.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "Disposed in DisposeAsync, which xunit calls.")]
public sealed class HttpTlsTests(ScriptHost host) : IClassFixture<ScriptHost>, IAsyncLifetime
{
    private readonly TestCertificates _authority = new();
    private readonly TestCertificates _stranger = new("Another authority");
    private TestCertificate _server = null!;
    private TestCertificate _client = null!;
    private TestHttpServer _required = null!;
    private TestHttpServer _open = null!;

    public async Task InitializeAsync()
    {
        _server = _authority.ForServer();
        _client = _authority.ForClient();
        _required = await TestHttpServer.StartAsync(_server, _authority);
        _open = await TestHttpServer.StartAsync(_server);
    }

    public async Task DisposeAsync()
    {
        await _required.DisposeAsync();
        await _open.DisposeAsync();
        _server.Dispose();
        _client.Dispose();
        _authority.Dispose();
        _stranger.Dispose();
    }

    /// <summary>Each library's way to say it; <c>tls</c> holds ca, cert and key.</summary>
    public static TheoryData<string> Ways => new(
        "new Promise((done, fail) => https.get(required + '/who', tls, (message) => { let text = ''; message.on('data', (chunk) => { text += chunk; }).on('end', () => done(text)); }).on('error', fail))",
        "new Promise((done, fail) => https.get(required + '/who', { agent: new https.Agent(tls) }, async (message) => { let text = ''; for await (const chunk of message) text += chunk; done(text); }).on('error', fail))",
        "require('axios').get(required + '/who', { httpsAgent: new https.Agent(tls) }).then((response) => response.data)",
        "new Promise((done, fail) => require('request')({ url: required + '/who', ...tls }, (error, response, body) => error ? fail(error) : done(body)))",
        "new Promise((done, fail) => require('request')({ url: required + '/who', agentOptions: tls }, (error, response, body) => error ? fail(error) : done(body)))",
        "require('request-promise')({ url: required + '/who', ...tls })",
        "require('node-fetch')(required + '/who', { agent: new https.Agent(tls) }).then((response) => response.text())",
        "require('node-fetch')(required + '/who', { agent: () => new https.Agent(tls) }).then((response) => response.text())",
        "fetch(required + '/who', { dispatcher: new (require('undici').Agent)({ connect: tls }) }).then((response) => response.text())",
        "(require('undici').setGlobalDispatcher(new (require('undici').Agent)({ connect: tls })), fetch(required + '/who')).then((response) => response.text())",
        "require('undici').request(required + '/who', { dispatcher: new (require('undici').Agent)({ connect: tls }) }).then(({ body }) => body.text())");

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Request_RightCertificates_IsAnswered(string expression) =>
        Assert.Equal($"\"CN=client {_required.HostAndPort}\"", await AnswerAsync($"return await {expression};"));

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Request_AuthorityNotGiven_IsRefused(string expression) =>
        Assert.Equal(
            "true",
            await AnswerAsync($"delete tls.ca; try {{ return await {expression}; }} catch (error) {{ return ['SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'].includes(error.code ?? error.cause.code); }}"));

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Request_ClientCertificateMissing_IsRefused(string expression) =>
        Assert.Equal(
            "true",
            await AnswerAsync($"delete tls.cert; delete tls.key; try {{ return await {expression}; }} catch (error) {{ return ['ECONNRESET', 'EPROTO'].includes(error.code ?? error.cause.code); }}"));

    [Theory]
    [InlineData("rejectUnauthorized: false", "200")]
    [InlineData("ca: pem.ca", "200")]
    [InlineData("ca: [pem.strange, pem.ca]", "200")]
    [InlineData("ca: Buffer.from(pem.ca)", "200")]
    [InlineData("ca: pem.strange, rejectUnauthorized: false", "200")]
    [InlineData("", "\"UNABLE_TO_VERIFY_LEAF_SIGNATURE\"")]
    [InlineData("ca: pem.strange", "\"UNABLE_TO_VERIFY_LEAF_SIGNATURE\"")]
    [InlineData("ca: pem.ca, servername: 'test.example'", "200")]
    [InlineData("ca: pem.ca, servername: 'other.example'", "\"ERR_TLS_CERT_ALTNAME_INVALID\"")]
    [InlineData("ca: pem.ca, servername: 'other.example', rejectUnauthorized: false", "200")]
    [InlineData("ca: 'nonsense'", "\"ERR_TLS_CERT\"")]
    [InlineData("cert: 'nonsense', ca: pem.ca", "\"ERR_TLS_CERT\"")]
    public async Task Get_TlsOptions_DecideWhomIsTrusted(string options, string expected) => Assert.Equal(
        expected,
        await AnswerAsync($"return new Promise((done) => https.get(open + '/who', {{ {options} }}, (message) => {{ message.resume(); done(message.statusCode); }}).on('error', (error) => done(error.code)));"));

    [Theory]
    [InlineData("pfx: Buffer.from(pem.pfx, 'base64'), passphrase: 'pw', ca: pem.ca", "\"CN=client\"")]
    [InlineData("cert: pem.cert, key: pem.encryptedKey, passphrase: 'pw', ca: pem.ca", "\"CN=client\"")]
    [InlineData("cert: pem.cert, key: pem.key, rejectUnauthorized: false", "\"CN=client\"")]
    [InlineData("pfx: Buffer.from(pem.pfx, 'base64'), passphrase: 'wrong', ca: pem.ca", "\"ERR_TLS_CERT\"")]
    [InlineData("cert: pem.strangeCert, key: pem.strangeKey, ca: pem.ca", "\"refused\"")]
    public async Task Get_ClientCertificate_InEachForm(string options, string expected) => Assert.Equal(
        expected,
        await AnswerAsync(
            $$"""
            return new Promise((done) => https.get(required + '/who', { {{options}} }, async (message) => {
              let text = '';
              for await (const chunk of message) text += chunk;
              done(text.split(' ')[0]);
            }).on('error', (error) => done(['ECONNRESET', 'EPROTO'].includes(error.code) ? 'refused' : error.code)));
            """));

    [Fact]
    public async Task Get_WrongHostName_SaysWhichNamesThereAre()
    {
        using var named = _authority.ForServer("only.example", withAddress: false);
        await using var server = await TestHttpServer.StartAsync(named);

        var json = await AnswerAsync(
            $"try {{ await fetch('{server.Address}/who', {{ dispatcher: new (require('undici').Agent)({{ connect: {{ ca: pem.ca }} }}) }}); }} catch (error) {{ return [error.cause.code, error.cause.message]; }}",
            server.HostAndPort);

        Assert.Equal("""["ERR_TLS_CERT_ALTNAME_INVALID","Hostname/IP does not match certificate's altnames: IP: 127.0.0.1 is not in the cert's list: "]""", json);
    }

    [Fact]
    public async Task Get_UnverifiedConnection_ServesNoRequestThatVerifies() => Assert.Equal(
        """[200,"UNABLE_TO_VERIFY_LEAF_SIGNATURE",200]""",
        await AnswerAsync(
            """
            const ask = (options) => new Promise((done) => https.get(open + '/who', options, (message) => { message.resume(); done(message.statusCode); }).on('error', (error) => done(error.code)));
            return [await ask({ rejectUnauthorized: false }), await ask({}), await ask({ ca: pem.ca })];
            """));

    [Fact]
    public async Task Get_EnvironmentTurnsVerifyingOff_AsInNode() => Assert.Equal(
        "200",
        await AnswerAsync("process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'; return (await fetch(open + '/who')).status;"));

    [Theory]
    [InlineData("https.get('https://127.0.0.1:1/', { rejectUnauthorized: false, ...tls }, resolve).on('error', (error) => resolve(error.code))", "\"EACCES\"")]
    [InlineData("https.get(`https://localhost:${new URL(open).port}/`, tls, resolve).on('error', (error) => resolve(error.code))", "\"EACCES\"")]
    [InlineData("require('request')({ url: open + '/redirect?to=https://127.0.0.1:1/', strictSSL: false, ...tls, rejectUnauthorized: false }, (error) => resolve(error.code))", "\"EACCES\"")]
    [InlineData("require('axios').get(open + '/redirect?to=https://127.0.0.1:1/', { httpsAgent: new https.Agent(tls) }).catch((error) => resolve(error.code))", "\"EACCES\"")]
    [InlineData("require('request')({ url: open + '/chain?left=6', ...tls }, (error) => resolve(/^Exceeded maxRedirects/.test(error.message)))", "true")]
    [InlineData("require('axios').get(open + '/chain?left=6', { maxRedirects: 20, httpsAgent: new https.Agent(tls) }).catch((error) => resolve(error.code))", "\"ERR_FR_TOO_MANY_REDIRECTS\"")]
    public async Task Request_TlsSettings_OpenNoOtherHost(string expression, string expected) =>
        Assert.Equal(expected, await AnswerAsync($"return new Promise((resolve) => {{ {expression}; }});"));

    [Fact]
    public async Task Get_PlainServer_IsEproto()
    {
        await using var plain = await TestHttpServer.StartAsync();

        Assert.Equal(
            "true",
            await AnswerAsync($"return new Promise((done) => https.get('https://{plain.HostAndPort}/', tls, done).on('error', (error) => done(['EPROTO', 'ECONNRESET'].includes(error.code))));", plain.HostAndPort));
    }

    private Task<string?> AnswerAsync(string body, params string[] moreHosts)
    {
        using var strange = _stranger.ForClient();
        var pem = System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["ca"] = _authority.AuthorityPem,
            ["strange"] = _stranger.AuthorityPem,
            ["cert"] = _client.CertificatePem,
            ["key"] = _client.KeyPem,
            ["encryptedKey"] = _client.EncryptedKeyPem("pw"),
            ["pfx"] = _client.Pkcs12("pw"),
            ["strangeCert"] = strange.CertificatePem,
            ["strangeKey"] = strange.KeyPem,
        });
        return host.AnswerAsync(
            $"const https = require('https'), pem = {pem}, tls = {{ ca: pem.ca, cert: pem.cert, key: pem.key }}, required = '{_required.Address}', open = '{_open.Address}'; {body}",
            request => request with { Access = new LegacyAccess([_required.HostAndPort, _open.HostAndPort, .. moreHosts], null, []) });
    }
}
