using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Templates;
using LazyMigrate.Core.Scripting.Types;
using LazyMigrate.Tests.TestServices;

namespace LazyMigrate.Tests.Scripting.Types;

/// <summary>What the editor marks, and what not: a mark is about something that would fail when the script runs.</summary>
public sealed class EditorErrorsTests(EditorTypeScript editor) : IClassFixture<EditorTypeScript>
{
    private static readonly string s_scripts = Path.Combine(RepositoryFolder.Path, "LazyMigrate.Tests", "Scripting", "Types", "Scripts");

    public static TheoryData<string> Templates => [.. ScriptTemplates.All.Select(template => template.Key)];

    public static TheoryData<string> Scripts => [.. Directory.EnumerateFiles(s_scripts, "*.js").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [InlineData(ScriptDialect.Authing)]
    [InlineData(ScriptDialect.Auth0)]
    public void Declarations_OfADialect_AreRight(ScriptDialect dialect) => Assert.Empty(editor.DeclarationErrors(dialect));

    [Theory]
    [MemberData(nameof(Templates))]
    public void Errors_OfATemplate_AreNone(string key) =>
        Assert.Empty(editor.Errors(ScriptTemplates.All.Single(template => template.Key == key).Source, ScriptDialect.Authing));

    /// <summary>Scripts as they are written for years: callbacks, versions in <c>require</c>, old globals, types that do not fit.</summary>
    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Errors_OfAScriptThatWorks_AreNone(string file) =>
        Assert.Empty(editor.Errors(await File.ReadAllTextAsync(Path.Combine(s_scripts, file)), file.StartsWith("authing", StringComparison.Ordinal) ? ScriptDialect.Authing : ScriptDialect.Auth0));

    [Theory]
    [InlineData("const { Client } = require('pg');\nnew Client().conect();", "2: 2551 Property 'conect' does not exist on type 'Client'. Did you mean 'connect'?")]
    [InlineData("require('bcrypt@5.1.0').compareAll('a', 'b');", "1: 2339 Property 'compareAll' does not exist on type 'typeof import(\"bcrypt@5.1.0\")'.")]
    [InlineData("const text = require('node:crypto').createHash('md5').update('a').digest('hex');\ntext.toUpperCse();", "2: 2551 Property 'toUpperCse' does not exist on type 'string'. Did you mean 'toUpperCase'?")]
    [InlineData("/** @param {LegacyQuery} query */\nfunction login(query) { return query.mail; }", "2: 2551 Property 'mail' does not exist on type 'LegacyQuery'. Did you mean 'email'?")]
    [InlineData("throw new WrongPaswordError();", "1: 2552 Cannot find name 'WrongPaswordError'. Did you mean 'WrongPasswordError'?")]
    [InlineData("request.get('https://example.org');", "1: 2552 Cannot find name 'request'. Did you mean 'Request'?")]
    public void Errors_OfWhatWouldFail_AreMarked(string source, string error) => Assert.Equal([error], editor.Errors(source, ScriptDialect.Authing));

    [Theory]
    [InlineData("require('|')", "pg mysql2/promise mongodb mssql ldapjs bcrypt axios crypto https lodash better-sqlite3")]
    [InlineData("const { Client } = require('pg');\nconst client = new Client();\nclient.|", "connect query end on")]
    [InlineData("/** @param {LegacyQuery} query */\nfunction login(query) { query.| }", "email phone username id")]
    [InlineData("/** @param {ScriptContext} context */\nfunction login(query, password, context) { context.| }", "userPoolId application request")]
    [InlineData("env.|", "DB_CONNECTION_URI DB_HOST DB_PASSWORD")]
    [InlineData("require('mysql2@3/promise').|", "createConnection createPool")]
    public void Completions_InAScript_AreWhatThereIs(string source, string names)
    {
        var offered = editor.Completions(source, ScriptDialect.Authing);

        Assert.Empty(names.Split(' ').Except(offered));
        Assert.DoesNotContain(offered, name => name.Contains('*', StringComparison.Ordinal));
    }

    [Fact]
    public void Completions_OfGlobals_AreThoseOfTheDialect()
    {
        Assert.Contains("configuration", editor.Completions("|", ScriptDialect.Auth0));
        Assert.Contains("sqlserver", editor.Completions("|", ScriptDialect.Auth0));
        Assert.DoesNotContain("configuration", editor.Completions("|", ScriptDialect.Authing));
        Assert.Contains("env", editor.Completions("|", ScriptDialect.Authing));
    }

    [Fact]
    public void Errors_OfTheSample_AreNone() => Assert.All(
        Enum.GetValues<ScriptKind>().Select(SampleScripts).OfType<string>(),
        source => Assert.Empty(editor.Errors(source, ScriptDialect.Authing)));

    /// <summary>It travels once for every script page that is opened.</summary>
    [Fact]
    public void Text_OfAllDeclarations_StaysSmall() => Assert.InRange(ScriptTypeDefinitions.Text.Length, 100_000, 180_000);

    private static string? SampleScripts(ScriptKind kind)
    {
        using var stream = typeof(SampleManager).Assembly.GetManifestResourceStream($"LazyMigrate.Core.CustomDatabases.SampleScripts.{ScriptFunctionNames.Of(kind)[0]}.js");
        return stream is null ? null : new StreamReader(stream).ReadToEnd();
    }
}
