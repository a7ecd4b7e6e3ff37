using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Scripting.Contracts;
using LazyMigrate.Core.UserMigration;

namespace LazyMigrate.Web.Cli;

/// <summary>A test run's report as <c>script test</c> prints it: JSON for programs, or text for people.</summary>
/// <param name="report">The report.</param>
/// <param name="dialect">The dialect that the script was run in.</param>
/// <param name="mask">Takes the run's secrets out of a profile that echoes them; everything else is masked by the run.</param>
internal sealed class ScriptTestOutput(ScriptTestReport report, ScriptDialect dialect, SecretMask mask)
{
    internal static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    // What was asked for with them is known already, and a password of three letters must not eat an address.
    private static readonly HashSet<string> s_identifiers = ["id", "email", "phone", "username"];

    public string ToJson() => new JsonObject
    {
        ["outcome"] = report.Outcome,
        ["failure"] = report.Failure?.Kind.ToString(),
        ["message"] = Message(),
        ["dialect"] = Name(dialect),
        ["profile"] = Profile(),
        ["problems"] = JsonSerializer.SerializeToNode(report.Problems, Options),
        ["console"] = JsonSerializer.SerializeToNode(report.Console, Options),
        ["moduleCalls"] = new JsonArray([.. report.ModuleCalls.Select(call => new JsonObject
        {
            ["module"] = call.Module,
            ["operation"] = call.Operation,
            ["durationMs"] = Milliseconds(call.Duration),
            ["rows"] = call.Rows,
            ["error"] = call.Error,
        })]),
        ["durationMs"] = Milliseconds(report.Duration),
    }.ToJsonString(Options);

    public string ToText()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{report.Outcome}{(report.Failure is { } failure ? $" ({failure.Kind})" : "")}: {Message()}");
        foreach (var problem in report.Problems)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {(problem.IsFatal ? "problem" : "note")}: {problem.Message}");
        }

        if (Profile() is { } profile)
        {
            text.AppendLine(profile.ToJsonString(Options));
        }

        foreach (var line in report.Console)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  console.{line.Level.ToString().ToLowerInvariant()}: {line.Text}");
        }

        foreach (var call in report.ModuleCalls)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {call.Module}.{call.Operation}: {Milliseconds(call.Duration)} ms{(call.Rows is { } rows ? $", {rows} rows" : "")}{(call.Error is { } error ? $", {error}" : "")}");
        }

        return text.Append(CultureInfo.InvariantCulture, $"Dialect {Name(dialect)}, {Milliseconds(report.Duration)} ms").ToString();
    }

    internal static string Name(ScriptDialect dialect) => dialect.ToString().ToLowerInvariant();

    private static double Milliseconds(TimeSpan duration) => Math.Round(duration.TotalMilliseconds, 1);

    private string Message()
    {
        var position = report.Failure?.Position;
        return position is null ? report.Sentence : $"{report.Sentence} (line {position.Line}, column {position.Column})";
    }

    private JsonObject? Profile()
    {
        if (report.Profile is not { } profile)
        {
            return null;
        }

        var node = JsonSerializer.SerializeToNode(profile, Options)!.AsObject();
        Nest(node, nameof(LegacyProfile.CustomDataJson), "customData");
        Nest(node, nameof(LegacyProfile.AppMetadataJson), "app_metadata");
        foreach (var (name, value) in node.ToList())
        {
            if (value is null)
            {
                node.Remove(name);
            }
            else if (!s_identifiers.Contains(name))
            {
                node[name] = Masked(value);
            }
        }

        return node;
    }

    /// <summary>JSON inside a string becomes JSON.</summary>
    private static void Nest(JsonObject node, string property, string name)
    {
        var key = JsonNamingPolicy.CamelCase.ConvertName(property);
        var json = node[key]?.GetValue<string>();
        node.Remove(key);
        if (json is not null)
        {
            node[name] = JsonNode.Parse(json);
        }
    }

    private JsonNode? Masked(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(field => KeyValuePair.Create(mask.Apply(field.Key), Masked(field.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Masked)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => JsonValue.Create(mask.Apply(value.GetValue<string>())),
        _ => node?.DeepClone(),
    };
}
