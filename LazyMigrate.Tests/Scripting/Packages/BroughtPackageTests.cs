using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Packages;
using LazyMigrate.Tests.TestServices;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Tests.Scripting.Packages;

/// <summary>Packages that an administrator brought along, required by scripts.</summary>
public class BroughtPackageTests
{
    [Theory]
    [InlineData("require('greet').hello", "\"hello from index\"")]
    [InlineData("require('greet@1.0.0').version", "\"1.0.0\"")]
    [InlineData("require('greet@^1').version", "\"1.4.0\"")]
    [InlineData("require('greet').version", "\"2.0.0\"")]
    [InlineData("require('greet@9.9.9').version", "\"2.0.0\"")]
    [InlineData("require('greet/lib/deep').deep", "\"deep\"")]
    [InlineData("require('greet/lib/deep.js') === require('greet/lib/deep')", "true")]
    [InlineData("require('greet').folder", "\"folder\"")]
    [InlineData("require('greet').json.a[0]", "1")]
    [InlineData("require('greet').cycle", "\"a sees b, b saw half\"")]
    [InlineData("require('greet').where", "[\"/greet@2.0.0/lib/deep.js\",\"/greet@2.0.0/lib\"]")]
    [InlineData("require('greet').self", "true")]
    [InlineData("require('greet').core", "\"function\"")]
    [InlineData("require('greet').optional", "\"MODULE_NOT_FOUND\"")]
    [InlineData("require('greet').dependency", "\"3.1.0\"")]
    [InlineData("require('needs').version", "\"4.0.0\"")]
    [InlineData("require('modern').kind", "\"require\"")]
    [InlineData("require('modern/feature').feature", "\"feature\"")]
    [InlineData("require('modern/parts/one').part", "\"one\"")]
    [InlineData("require('modern/package.json').name", "\"modern\"")]
    [InlineData("require('@scope/thing').scoped", "true")]
    [InlineData("require('util').format('%s', 'core')", "\"core\"")]
    public async Task Require_FileOfAPackage_IsFoundAsInNode(string expression, string expected)
    {
        await using var host = HostWith(s_packages);

        Assert.Equal(expected, await host.AnswerAsync($"return {expression};"));
    }

    [Theory]
    [InlineData("require('nowhere')", "Cannot find module 'nowhere'")]
    [InlineData("require('greet/nowhere')", "Cannot find module 'greet/nowhere'")]
    [InlineData("require('modern/hidden')", "Cannot find module 'modern/hidden'")]
    [InlineData("require('#packages')", "Cannot find module '#packages'")]
    public async Task Require_Missing_SaysSo(string expression, string message)
    {
        await using var host = HostWith(s_packages);

        var failure = Assert.IsType<ScriptCompletion.Failed>((await host.RunBodyAsync($"return {expression};")).Completion).Failure;

        Assert.Equal(ScriptFailureKind.UnknownModule, failure.Kind);
        Assert.StartsWith(message, failure.Message, StringComparison.Ordinal);
        Assert.Contains("modules add", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Require_EsModule_SaysWhatToDo()
    {
        await using var host = HostWith(s_packages);

        Assert.Equal("\"ERR_REQUIRE_ESM\"", await host.AnswerAsync("try { require('esm'); } catch (error) { return error.code; }"));
    }

    [Fact]
    public async Task Require_OtherVersionThanAskedFor_IsNotedInTheConsole()
    {
        await using var host = HostWith(s_packages);

        var result = await host.RunBodyAsync("require('greet@1.3.3'); require('greet@1.3.3'); return 1;");

        Assert.Equal("greet@1.3.3 was asked for; greet@2.0.0 is there and is used.", Assert.Single(result.Console).Text);
    }

    [Fact]
    public async Task Require_PackageThatThrows_ThrowsAgainTheNextTime()
    {
        await using var host = HostWith(s_packages);

        Assert.Equal(
            "[\"boom\",\"boom\"]",
            await host.AnswerAsync("const seen = []; for (let i = 0; i < 2; i++) { try { require('greet/lib/throws'); } catch (error) { seen.push(error.message); } } return seen;"));
    }

    [SkippableTheory]
    [InlineData("lodash", "const _ = require('lodash'); return [_.VERSION.split('.')[0], _.chunk([1, 2, 3], 2), _.camelCase('a b'), require('lodash/fp').map((n) => n + 1)([1])];", """["4",[[1,2],[3]],"aB",[2]]""")]
    [InlineData("moment", "const moment = require('moment'); return [moment.utc('2024-02-03T04:05:06Z').format('YYYY-MM-DD HH:mm:ss'), moment.duration(90, 'minutes').humanize(), require('moment/locale/de') && moment.utc(0).locale('de').format('MMMM')];", """["2024-02-03 04:05:06","2 hours","Januar"]""")]
    [InlineData("uuid", "const { v4, v5, validate, version } = require('uuid'); return [validate(v4()), version(v4()), v5('hello.example.com', v5.DNS)];", """[true,4,"fdda765f-fc57-5604-a269-52a7df8164ec"]""")]
    [InlineData("jws", "const jws = require('jws'); const signed = jws.sign({ header: { alg: 'HS256' }, payload: { a: 1 }, secret: 's' }); return [jws.verify(signed, 'HS256', 's'), jws.verify(signed, 'HS256', 'x'), jws.decode(signed).payload];", """[true,false,"{\"a\":1}"]""")]
    [InlineData("native-or-bluebird", "const P = require('native-or-bluebird'); return await P.resolve(5);", "5")]
    [InlineData("amazon-cognito-identity-js", "const { CognitoUserPool, CognitoUser, AuthenticationDetails } = require('amazon-cognito-identity-js'); const pool = new CognitoUserPool({ UserPoolId: 'eu-west-1_abcdefghi', ClientId: 'x' }); const user = new CognitoUser({ Username: 'ada', Pool: pool }); return [pool.getClientId(), user.getUsername(), typeof new AuthenticationDetails({ Username: 'ada', Password: 'p' }).getPassword()];", """["x","ada","string"]""")]
    public async Task Require_RealPackage_LoadsAndWorks(string name, string body, string expected)
    {
        await using var host = HostWith(Installed(name));

        Assert.Equal(expected, await host.AnswerAsync(body));
    }

    /// <summary>A host with these packages; in workers in the tests of that room.</summary>
    private protected virtual ScriptHost HostWith(IReadOnlyList<ScriptPackage> packages) =>
        new(services => services.AddSingleton<IScriptPackageSource>(new FixedPackageSource(packages)));

    private static readonly IReadOnlyList<ScriptPackage> s_packages =
    [
        .. new[] { "1.0.0", "1.4.0" }.Select(version => Package($$"""{"name":"greet","version":"{{version}}"}""", ("index.js", $"exports.version = '{version}';"))),
        Package(
            """{"name":"greet","version":"2.0.0","main":"./lib/main","dependencies":{"dep":"^3.0.0"}}""",
            ("lib/main.js", """
                #!/usr/bin/env node
                exports.hello = 'hello from index';
                exports.version = require('../package.json').version;
                exports.folder = require('./folder').name;
                exports.json = require('./data');
                exports.cycle = require('./a').text;
                exports.where = require('./deep').where;
                exports.self = this === exports && require('./main') === exports;
                exports.core = typeof require('node:util').inspect;
                try { require('not-there'); } catch (error) { exports.optional = error.code; }
                exports.dependency = require('dep').version;
                """),
            ("lib/folder/package.json", """{"main":"entry.js"}"""),
            ("lib/folder/entry.js", "exports.name = 'folder'"),
            ("lib/data.json", """{"a":[1]}"""),
            ("lib/a.js", "exports.half = 'half'; exports.text = 'a sees b, b saw ' + require('./b').saw;"),
            ("lib/b.js", "exports.saw = require('./a').half;"),
            ("lib/deep.js", "exports.deep = 'deep'; exports.where = [__filename, __dirname];"),
            ("lib/throws.js", "throw new Error('boom');")),
        Package("""{"name":"dep","version":"3.1.0"}""", ("index.js", "exports.version = '3.1.0'")),
        Package("""{"name":"dep","version":"4.0.0"}""", ("index.js", "exports.version = '4.0.0'")),
        Package("""{"name":"needs","version":"1.0.0"}""", ("index.js", "exports.version = require('dep').version")),
        Package(
            """{"name":"modern","version":"1.0.0","main":"./old.js","exports":{".":{"import":"./index.mjs","node":{"require":"./index.cjs"}},"./feature":[{"import":"./x.mjs"},"./feature.js"],"./parts/*":"./src/*.js"}}""",
            ("index.cjs", "exports.kind = 'require'"),
            ("old.js", "exports.kind = 'old'"),
            ("hidden.js", "exports.hidden = 1"),
            ("feature.js", "exports.feature = 'feature'"),
            ("src/one.js", "exports.part = 'one'")),
        Package("""{"name":"@scope/thing","version":"0.1.0"}""", ("index.js", "exports.scoped = true")),
        Package("""{"name":"esm","version":"1.0.0","type":"module"}""", ("index.js", "export const a = 1;")),
        Package("""{"name":"util","version":"1.0.0"}""", ("index.js", "exports.format = () => 'not the core one'")),
    ];

    private static ScriptPackage Package(string manifest, params IEnumerable<(string, string)> files) =>
        PackageArchive.Read(TestPackage.Pack([("package.json", manifest), .. files]));

    /// <summary>A package that npm has installed for the conformance suites, with all that it depends on.</summary>
    internal static List<ScriptPackage> Installed(string name)
    {
        Skip.IfNot(ConformanceSuite.IsAvailable(out var reason, name), reason);
        var packages = new List<ScriptPackage>();
        var wanted = new Stack<string>([ConformanceSuite.FolderOf(name)!]);
        var seen = new HashSet<string>();
        while (wanted.TryPop(out var folder))
        {
            if (!seen.Add(folder))
            {
                continue;
            }

            var package = PackageArchive.Read(TestPackage.PackFolder(folder));
            packages.Add(package);
            foreach (var dependency in package.Dependencies.Keys)
            {
                // As Node looks: below the package that needs it, then upwards.
                for (var parent = folder; parent is not null; parent = Path.GetDirectoryName(parent))
                {
                    var own = Path.Combine(parent, "node_modules", dependency);
                    if (Directory.Exists(own))
                    {
                        wanted.Push(own);
                        break;
                    }
                }
            }
        }

        return packages;
    }
}
