using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Conformance;

public sealed class SqliteConformanceTests(LegacySqliteFile files, ScriptHost host) : IClassFixture<LegacySqliteFile>, IClassFixture<ScriptHost>
{
    [SkippableTheory]
    [InlineData("sqlite3")]
    [InlineData("better-sqlite3")]
    public async Task Module_InTheSandbox_IsAsInNode(string module)
    {
        var text = Path.Combine(files.Folder, "notes.txt");
        await File.WriteAllTextAsync(text, new string('x', 4096));

        await ConformanceSuite.CompareAsync(
            host.Runner,
            module,
            new Dictionary<string, string> { ["FILE"] = Path.Combine(files.Folder, "shop.db"), ["TEXT_FILE"] = text },
            new LegacyAccess([], files.Folder, []),
            original: module);
    }

    [Fact]
    public async Task Sqlite3_FileElsewhere_IsRefused()
    {
        Assert.Equal(
            """["SQLITE_CANTOPEN",14]""",
            await host.AnswerAsync(
                "const sqlite3 = require('sqlite3'); return await new Promise((resolve) => { new sqlite3.Database('/etc/passwd', (error) => resolve([error.code, error.errno])); });",
                request => request with { Access = new LegacyAccess([], files.Folder, []) }));
    }
}
