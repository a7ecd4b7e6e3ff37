using System.Text.Json;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;
using Xunit.Abstractions;

namespace LazyMigrate.Tests.Scripting.Modules;

/// <summary>pg's <c>ssl</c> against a real PostgreSQL with a certificate of an own authority.</summary>
public sealed class PgTlsTests(ScriptHost host, PgTlsTests.EncryptedServer encrypted) : IClassFixture<ScriptHost>, IClassFixture<PgTlsTests.EncryptedServer>
{
    [SkippableTheory]
    [InlineData("ssl: true", "\"refused\"")]
    [InlineData("ssl: { ca: pem.strange }", "\"refused\"")]
    [InlineData("ssl: { ca: pem.ca }", "[true]")]
    [InlineData("ssl: { ca: [pem.ca] }", "[true]")]
    [InlineData("ssl: { rejectUnauthorized: false }", "[true]")]
    [InlineData("ssl: false", "[false]")]
    [InlineData("user: 'certified', password: undefined, ssl: { ca: pem.ca, cert: pem.cert, key: pem.key }", "[true]")]
    [InlineData("user: 'certified', password: undefined, ssl: { ca: pem.ca }", "\"refused\"")]
    [InlineData("user: 'certified', password: undefined, ssl: { ca: pem.ca, cert: pem.otherCert, key: pem.otherKey }", "\"refused\"")]
    public async Task Connect_Ssl_DecidesWhomIsTrusted(string options, string expected)
    {
        Skip.IfNot(PostgresServer.IsAvailable(out var reason), reason);

        Assert.Equal(expected, await host.AnswerAsync(
            $$"""
            const pem = {{encrypted.Pem}};
            const { Client } = require('pg');
            const client = new Client({ host: '127.0.0.1', port: env.DB_PORT, user: env.DB_USERNAME, password: env.DB_PASSWORD, database: 'postgres', {{options}} });
            try {
              await client.connect();
              return (await client.query({ text: 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()', rowMode: 'array' })).rows[0];
            } catch (error) {
              return error.code ? 'refused' : error;
            } finally {
              await client.end();
            }
            """,
            request => request with
            {
                Access = new LegacyAccess([encrypted.Server.HostAndPort], null, []),
                Variables = new Dictionary<string, string>
                {
                    ["DB_PORT"] = $"{encrypted.Server.Port}",
                    ["DB_USERNAME"] = "lazymigrate",
                    ["DB_PASSWORD"] = Uri.UnescapeDataString(new Uri(encrypted.Server.ConnectionUri).UserInfo.Split(':')[1]),
                },
            }));
    }

    /// <summary>A server of its own, because TLS and who may log in are the whole server's settings.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "Disposed in DisposeAsync, which xunit calls.")]
    public sealed class EncryptedServer(IMessageSink messages) : IAsyncLifetime
    {
        private readonly TestCertificates _authority = new();

        public PostgresServer Server { get; } = new(messages);

        /// <summary>What scripts need, as JSON.</summary>
        public string Pem { get; private set; } = "{}";

        public async Task InitializeAsync()
        {
            await Server.InitializeAsync();
            if (!PostgresServer.IsAvailable(out _))
            {
                return;
            }

            using var server = _authority.ForServer();
            using var client = _authority.ForClient("certified");
            using var other = _authority.ForClient("somebody");
            using var stranger = new TestCertificates("Another authority");
            await Server.ExecuteAsync("postgres", "CREATE ROLE certified LOGIN");
            await Server.RestartWithTlsAsync(server, _authority);
            Pem = JsonSerializer.Serialize(new Dictionary<string, string>
            {
                ["ca"] = _authority.AuthorityPem,
                ["strange"] = stranger.AuthorityPem,
                ["cert"] = client.CertificatePem,
                ["key"] = client.KeyPem,
                ["otherCert"] = other.CertificatePem,
                ["otherKey"] = other.KeyPem,
            });
        }

        public async Task DisposeAsync()
        {
            await Server.DisposeAsync();
            _authority.Dispose();
        }
    }
}
