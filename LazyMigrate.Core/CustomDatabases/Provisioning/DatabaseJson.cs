using System.Text.Json;
using System.Text.RegularExpressions;
using LazyMigrate.Core.Scripting;
using LazyMigrate.Core.Users;

namespace LazyMigrate.Core.CustomDatabases.Provisioning;

/// <summary>Reads <c>database.json</c>, and notes everything that is wrong with it.</summary>
/// <remarks>
/// <code>
/// { "name": "shop", "type": "postgres", "uri": "${SHOP_URI}", "variables": { "PEPPER": "${SHOP_PEPPER}" },
///   "allowedHosts": ["users.example.org:443"], "mode": "LazyMigration", "trustEmailVerified": true,
///   "allowedRoles": { "VIP": "vip" }, "dialects": { "login": "auth0" } }
/// </code>
/// </remarks>
internal sealed partial class DatabaseJson(Func<string, string?> environment)
{
    public const string FileName = "database.json";

    private static readonly Dictionary<string, CustomDatabaseType> s_types = new(StringComparer.Ordinal)
    {
        ["postgres"] = CustomDatabaseType.Postgres,
        ["mysql"] = CustomDatabaseType.MySql,
        ["mongodb"] = CustomDatabaseType.MongoDb,
        ["sqlserver"] = CustomDatabaseType.SqlServer,
        ["sqlite"] = CustomDatabaseType.Sqlite,
        ["http"] = CustomDatabaseType.Http,
        ["other"] = CustomDatabaseType.Other,
    };

    private readonly Dictionary<ScriptKind, ScriptDialect> _dialects = [];
    private readonly List<FolderFault> _faults = [];
    private readonly Dictionary<string, string?> _variables = new(StringComparer.Ordinal);
    private readonly List<string> _allowedHosts = [];
    private readonly List<RoleMapping> _allowedRoles = [];
    private string? _name;
    private CustomDatabaseType? _type;
    private string? _uri;
    private MigrationMode _mode = MigrationMode.Off;
    private bool _trustsEmailVerified;

    public IReadOnlyList<FolderFault> Faults => _faults;

    /// <summary>The dialects that are said; of other scripts, reading them tells.</summary>
    public IReadOnlyDictionary<ScriptKind, ScriptDialect> Dialects => _dialects;

    /// <returns>The settings and the mode; worth something only without <see cref="Faults"/>.</returns>
    public (CustomDatabaseEdit Settings, MigrationMode Mode) Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                Fault("It must be one JSON object.");
            }
            else
            {
                foreach (var property in document.RootElement.EnumerateObject())
                {
                    ReadProperty(property);
                }

                CheckWhole(document.RootElement);
            }
        }
        catch (JsonException exception)
        {
            var position = exception is { LineNumber: { } line, BytePositionInLine: { } column } ? new ScriptPosition((int)line + 1, (int)column + 1) : null;
            _faults.Add(new FolderFault(FileName, "It is not valid JSON (comments, trailing commas and repeated properties are not allowed).", position));
        }

        var settings = new CustomDatabaseEdit
        {
            Name = _name ?? "",
            Type = _type ?? CustomDatabaseType.Other,
            NewUri = _uri,
            Variables = _variables,
            AllowedHosts = _allowedHosts,
            TrustsEmailVerified = _trustsEmailVerified,
            AllowedRoles = _allowedRoles,
        };

        // What could not be read needs no second complaint; without a type it is not known what the URI should look like.
        _faults.AddRange(CustomDatabaseEditValidator.Validate(settings)
            .Select(problem => (Property: PropertyOf(problem.Field), problem.Message))
            .Where(problem => problem.Property switch { "name" => _name is not null, "uri" => _type is not null, _ => true })
            .Select(problem => new FolderFault(FileName, $"{problem.Property}: {problem.Message}")));
        return (settings, _mode);
    }

    private void ReadProperty(JsonProperty property)
    {
        switch (property.Name)
        {
            case "name":
                _name = Text("name", property.Value);
                break;
            case "type":
                ReadType(property.Value);
                break;
            case "uri":
                _uri = Text("uri", property.Value);
                break;
            case "variables":
                ReadVariables(property.Value);
                break;
            case "allowedHosts":
                ReadAllowedHosts(property.Value);
                break;
            case "allowedRoles":
                ReadAllowedRoles(property.Value);
                break;
            case "mode":
                ReadMode(property.Value);
                break;
            case "dialects":
                ReadDialects(property.Value);
                break;
            case "trustEmailVerified" when property.Value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                _trustsEmailVerified = property.Value.GetBoolean();
                break;
            case "trustEmailVerified":
                Fault("trustEmailVerified must be true or false.");
                break;
            default:
                Fault($"There is no property “{property.Name}”. Known are name, type, uri, variables, allowedHosts, allowedRoles, mode, dialects and trustEmailVerified.");
                break;
        }
    }

    private void ReadType(JsonElement value)
    {
        if (Text("type", value) is { } text)
        {
            if (s_types.TryGetValue(text, out var type))
            {
                _type = type;
            }
            else
            {
                Fault($"type must be one of {string.Join(", ", s_types.Keys)}.");
            }
        }
    }

    private void ReadMode(JsonElement value)
    {
        if (Text("mode", value) is { } text)
        {
            // Enum.TryParse would take numbers, too.
            if (Enum.GetNames<MigrationMode>().Contains(text))
            {
                _mode = Enum.Parse<MigrationMode>(text);
            }
            else
            {
                Fault($"mode must be one of {string.Join(", ", Enum.GetNames<MigrationMode>())}.");
            }
        }
    }

    private void ReadVariables(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Fault("variables must be an object of names and strings.");
            return;
        }

        foreach (var variable in value.EnumerateObject())
        {
            if (Text($"variables.{variable.Name}", variable.Value) is { } text)
            {
                _variables[variable.Name] = text;
            }
        }
    }

    private void ReadDialects(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Fault("dialects must be an object, for example {\"login\": \"auth0\"}.");
            return;
        }

        foreach (var item in value.EnumerateObject())
        {
            ScriptKind? kind = item.Name switch { "login" => ScriptKind.Login, "searchUser" => ScriptKind.SearchUser, _ => null };
            ScriptDialect? dialect = Text($"dialects.{item.Name}", item.Value) switch { "authing" => ScriptDialect.Authing, "auth0" => ScriptDialect.Auth0, _ => null };
            if (kind is null || dialect is null)
            {
                Fault("dialects may say authing or auth0 of login and searchUser, and nothing else.");
            }
            else
            {
                _dialects[kind.Value] = dialect.Value;
            }
        }
    }

    private void ReadAllowedHosts(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            Fault("allowedHosts must be an array of strings, for example [\"db.example.org:5432\"].");
            return;
        }

        var index = 0;
        foreach (var host in value.EnumerateArray())
        {
            if (Text($"allowedHosts[{index++}]", host) is { } text)
            {
                _allowedHosts.Add(text);
            }
        }
    }

    private void ReadAllowedRoles(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Fault("allowedRoles must be an object of roles of the legacy database and their names here, for example {\"VIP\": \"vip\"}.");
            return;
        }

        foreach (var role in value.EnumerateObject())
        {
            if (Text($"allowedRoles.{role.Name}", role.Value) is { } text)
            {
                _allowedRoles.Add(new RoleMapping(role.Name, text));
            }
        }
    }

    private void CheckWhole(JsonElement root)
    {
        foreach (var name in (string[])["name", "type"])
        {
            if (!root.TryGetProperty(name, out _))
            {
                Fault($"{name} is missing.");
            }
        }

        var needsUri = _type is not (null or CustomDatabaseType.Http or CustomDatabaseType.Other);
        var hasParts = _variables.Keys.Any(name => name is "DB_CONNECTION_URI" or "DB_HOST" or "DB_DATABASE");
        if (needsUri && !hasParts && (!root.TryGetProperty("uri", out _) || _uri is { Length: 0 }))
        {
            Fault("uri is missing: say where the legacy database is.");
        }
    }

    /// <returns>The string, or what the environment has for <c>"${NAME}"</c>; null after noting a fault.</returns>
    private string? Text(string property, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            Fault($"{property} must be a string.");
            return null;
        }

        var text = value.GetString()!;
        if (EnvironmentReference().Match(text) is not { Success: true } reference)
        {
            return text;
        }

        if (reference.Length != text.Length)
        {
            // It would reach the database as it stands, and look like a wrong password.
            Fault($"{property} has {reference.Value} inside other text; only a whole value can be taken from the environment.");
            return null;
        }

        var name = reference.Groups["name"].Value;
        if (environment(name) is not { Length: > 0 } found)
        {
            Fault($"{property} is taken from the environment variable {name}, which is not set.");
            return null;
        }

        return found;
    }

    private void Fault(string reason) => _faults.Add(new FolderFault(FileName, reason));

    private static string PropertyOf(string field) => field switch
    {
        nameof(CustomDatabaseEdit.Name) => "name",
        nameof(CustomDatabaseEdit.NewUri) => "uri",
        nameof(CustomDatabaseEdit.AllowedHosts) => "allowedHosts",
        nameof(CustomDatabaseEdit.AllowedRoles) => "allowedRoles",
        _ => field.Replace("Variables.", "variables.", StringComparison.Ordinal),
    };

    [GeneratedRegex(@"\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\}")]
    private static partial Regex EnvironmentReference();
}
