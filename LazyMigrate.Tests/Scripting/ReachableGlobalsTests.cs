using LazyMigrate.Core.Scripting;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting;

/// <summary>Everything that a script can reach from its global object. A line that is new here is new to every script: look at it before it is approved.</summary>
/// <remarks>To approve, run with the environment variable LAZYMIGRATE_APPROVE=1 and read the difference.</remarks>
public sealed class ReachableGlobalsTests(ScriptHost host) : IClassFixture<ScriptHost>
{
    // Breadth first, so that each object is listed under its shortest path. Getters of the global object are read, because they
    // stand for a value that is made late; other getters are listed as functions, not called.
    private const string Walk =
        """
        const libraries = new Set('_ async bcrypt bluebird jwt mongo mysql mysql_pool pg postgres querystring request sqlserver url util uuid xml2js xmldom xpath'.split(' '));
        const walk = () => {
          const lines = [];
          const seen = new Map();
          const queue = [];
          const visit = (value, path) => {
            const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
            if (!isObject) return typeof value;
            if (seen.has(value)) return `= ${seen.get(value)}`;
            seen.set(value, path);
            queue.push([value, path]);
            return typeof value;
          };
          visit(globalThis, 'globalThis');
          for (let next = 0; next < queue.length; next++) {
            const [object, path] = queue[next];
            for (const key of Reflect.ownKeys(object).sort((a, b) => (String(a) < String(b) ? -1 : 1))) {
              const at = `${path}${typeof key === 'symbol' ? `[${String(key)}]` : `.${key}`}`;
              const own = Object.getOwnPropertyDescriptor(object, key);
              if ('value' in own) {
                lines.push(`${at}: ${visit(own.value, at)}`);
              } else if (object === globalThis) {
                // What `require` gives is listed by its own tests; here, that it is there.
                if (libraries.has(key)) { lines.push(`${at}: module`); continue; }
                let value;
                try { value = object[key]; } catch (error) { value = undefined; lines.push(`${at}: refused, ${error.message}`); continue; }
                lines.push(`${at}: ${visit(value, at)}`);
              } else {
                if (own.get) lines.push(`${at}<get>: ${visit(own.get, `${at}<get>`)}`);
                if (own.set) lines.push(`${at}<set>: ${visit(own.set, `${at}<set>`)}`);
              }
            }
            const prototype = Object.getPrototypeOf(object);
            if (prototype !== null && !seen.has(prototype)) lines.push(`${path}.[[Prototype]]: ${visit(prototype, `${path}.[[Prototype]]`)}`);
          }
          return lines.join('\n');
        };
        """;

    [Theory]
    [InlineData(ScriptDialect.Authing, "async function login(query, password, context) { return walk(); }")]
    [InlineData(ScriptDialect.Auth0, "function login(email, password, callback) { callback(null, walk()); }")]
    public async Task Globals_OfARun_AreTheApprovedOnes(ScriptDialect dialect, string function)
    {
        var request = host.LoginOfAnyDialect($"{Walk}\n{function}") with
        {
            Dialect = dialect,
            Limits = new ScriptLimits { ResultLength = 4_000_000, WallTime = TimeSpan.FromSeconds(30) },
        };

        var result = await host.Runner.RunAsync(request);

        var json = Assert.IsType<ScriptCompletion.Answered>(result.Completion).Json!;
        var lines = System.Text.Json.JsonSerializer.Deserialize<string>(json)!.Split('\n');
        var file = Path.Combine(RepositoryFolder.Path, "LazyMigrate.Tests", "Scripting", "Snapshots", $"globals.{dialect.ToString().ToLowerInvariant()}.txt");
        if (Environment.GetEnvironmentVariable("LAZYMIGRATE_APPROVE") == "1")
        {
            await File.WriteAllLinesAsync(file, lines);
        }

        var approved = await File.ReadAllLinesAsync(file);
        Assert.Empty(lines.Except(approved).Select(line => $"new: {line}").Concat(approved.Except(lines).Select(line => $"gone: {line}")));
    }
}
