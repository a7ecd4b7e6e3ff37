using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LazyMigrate.Core.Scripting;

namespace LazyMigrate.Web.Cli;

/// <summary>Reads a script and prints what it is, and what would keep it from running.</summary>
internal static class ScriptCheckCommand
{
    /// <returns>0 where it would run, 2 where it would not.</returns>
    public static async Task<int> RunAsync(IScriptInspector inspector, string source, ScriptDialect? dialect, bool isJson)
    {
        // The file does not say what it is for: it is what it fits best. A dialect is said of log-in and look-up only.
        var kinds = dialect is null ? Enum.GetValues<ScriptKind>() : [ScriptKind.Login, ScriptKind.SearchUser];
        var (kind, inspection) = kinds
            .Select(each => (Kind: each, Inspection: inspector.Inspect(each, source, dialect)))
            .OrderBy(pair => pair.Inspection.HasFunction ? 0 : 1)
            .ThenBy(pair => pair.Inspection.Problems.Count)
            .First();
        await Console.Out.WriteLineAsync(isJson ? ToJson(kind, inspection) : ToText(inspection));
        return inspection.IsRunnable ? 0 : 2;
    }

    private static string ToJson(ScriptKind kind, ScriptInspection inspection) => new JsonObject
    {
        ["runnable"] = inspection.IsRunnable,
        ["kind"] = inspection.IsRunnable ? JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()) : null,
        ["dialect"] = ScriptTestOutput.Name(inspection.Dialect),
        ["functions"] = Strings(inspection.Functions),
        ["modules"] = Strings(inspection.Modules),
        ["unavailableModules"] = Strings(inspection.UnavailableModules),
        ["errors"] = Problems(inspection, ScriptProblemSeverity.Error),
        ["warnings"] = Problems(inspection, ScriptProblemSeverity.Warning),
    }.ToJsonString(ScriptTestOutput.Options);

    private static JsonArray Strings(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    private static JsonArray Problems(ScriptInspection inspection, ScriptProblemSeverity severity) => new(
    [
        .. inspection.Problems.Where(problem => problem.Severity == severity).Select(problem => new JsonObject
        {
            ["code"] = problem.Code,
            ["message"] = problem.Message,
            ["line"] = problem.Position?.Line,
            ["column"] = problem.Position?.Column,
        }),
    ]);

    private static string ToText(ScriptInspection inspection)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Dialect: {ScriptTestOutput.Name(inspection.Dialect)}");
        text.AppendLine(CultureInfo.InvariantCulture, $"Functions: {List(inspection.Functions)}");
        text.AppendLine(CultureInfo.InvariantCulture, $"Modules: {List(inspection.Modules)}");
        foreach (var problem in inspection.Problems)
        {
            var place = problem.Position is { } position ? $"line {position.Line}, column {position.Column}: " : "";
            text.AppendLine(CultureInfo.InvariantCulture, $"{problem.Severity}: {place}{problem.Message}");
        }

        return text.Append(inspection.IsRunnable ? "It can be run." : "It cannot be run.").ToString();
    }

    private static string List(IReadOnlyList<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);
}
