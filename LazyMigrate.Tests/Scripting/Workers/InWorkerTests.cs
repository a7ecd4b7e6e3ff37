using LazyMigrate.Tests.Scripting.Modules;
using LazyMigrate.Tests.TestServices;
using LazyMigrate.Tests.TestServices.Mongo;

namespace LazyMigrate.Tests.Scripting.Workers;

// What holds in process holds in a worker: the same tests, with the other runner.

[Collection(MemoryTests.Name)]
public sealed class HostileScriptInWorkerTests(WorkerScriptHost host, ServerBesideScripts server)
    : HostileScriptTests(host), IClassFixture<WorkerScriptHost>, IClassFixture<ServerBesideScripts>
{
    private protected override Task AssertUnharmedAsync() => server.AssertUnharmedAsync();
}

public sealed class ScriptRunInWorkerTests(WorkerScriptHost host) : ScriptRunTests(host), IClassFixture<WorkerScriptHost>;

public sealed class SandboxInWorkerTests(WorkerScriptHost host) : SandboxTests(host), IClassFixture<WorkerScriptHost>;

public sealed class BcryptInWorkerTests(WorkerScriptHost host) : BcryptTests(host), IClassFixture<WorkerScriptHost>;

public sealed class BetterSqlite3InWorkerTests(WorkerScriptHost host, LegacySqliteFile files) : BetterSqlite3Tests(host, files), IClassFixture<WorkerScriptHost>;

[Collection(nameof(PostgresCollection))]
public sealed class PgInWorkerTests(PostgresServer server, WorkerScriptHost host) : PgTests(server, host), IClassFixture<WorkerScriptHost>;

[Collection(nameof(MariaDbCollection))]
public sealed class MySqlInWorkerTests(MariaDbServer server, WorkerScriptHost host) : MySqlTests(server, host), IClassFixture<WorkerScriptHost>;

public sealed class SqlServerInWorkerTests(SqlServerTestTarget server, WorkerScriptHost host) : SqlServerTests(server, host), IClassFixture<WorkerScriptHost>;

public sealed class MongoInWorkerTests(MongoServer server, WorkerScriptHost host) : MongoTests(server, host), IClassFixture<WorkerScriptHost>;

public sealed class LdapInWorkerTests(SlapdServer server, WorkerScriptHost host) : LdapTests(server, host), IClassFixture<WorkerScriptHost>;

public sealed class RedisInWorkerTests(RedisServer server, WorkerScriptHost host) : RedisTests(server, host), IClassFixture<WorkerScriptHost>;

public sealed class HttpInWorkerTests(WorkerScriptHost host) : HttpTests(host), IClassFixture<WorkerScriptHost>;
