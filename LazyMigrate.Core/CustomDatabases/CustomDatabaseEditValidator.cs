using System.Globalization;
using System.Text.RegularExpressions;
using LazyMigrate.Core.Users;

namespace LazyMigrate.Core.CustomDatabases;

/// <summary>Says what is wrong with settings before they are stored.</summary>
internal static partial class CustomDatabaseEditValidator
{
    private const int LongestValue = 8192;

    public static List<FieldProblem> Validate(CustomDatabaseEdit edit)
    {
        var problems = new List<FieldProblem>();
        if (string.IsNullOrWhiteSpace(edit.Name))
        {
            problems.Add(new FieldProblem(nameof(edit.Name), "Give the legacy database a name."));
        }
        else if (edit.Name.Trim().Length > CustomDatabase.NameLength)
        {
            problems.Add(new FieldProblem(nameof(edit.Name), $"The name is longer than {CustomDatabase.NameLength} characters."));
        }

        if (edit.NewUri is { Length: > 0 } uri && UriProblem(edit.Type, uri.Trim()) is { } problem)
        {
            problems.Add(new FieldProblem(nameof(edit.NewUri), problem));
        }

        foreach (var (name, value) in edit.Variables)
        {
            if (!VariableName().IsMatch(name))
            {
                problems.Add(new FieldProblem($"Variables.{name}", "A variable's name starts with a letter or underscore and holds only letters, digits and underscores."));
            }
            else if (value is { Length: > LongestValue })
            {
                problems.Add(new FieldProblem($"Variables.{name}", $"The value is longer than {LongestValue} characters."));
            }
        }

        foreach (var host in edit.AllowedHosts.Where(host => !IsHostAndPort(host)))
        {
            problems.Add(new FieldProblem(nameof(edit.AllowedHosts), $"“{host}” is not a host and port, for example db.example.org:5432."));
        }

        if (RolesProblem(edit.AllowedRoles) is { } rolesProblem)
        {
            problems.Add(new FieldProblem(nameof(edit.AllowedRoles), rolesProblem));
        }

        return problems;
    }

    private static string? RolesProblem(IReadOnlyList<RoleMapping> roles)
    {
        if (roles.Count > RoleMapping.MostMappings)
        {
            return $"There are {roles.Count} roles; at most {RoleMapping.MostMappings} are allowed.";
        }

        foreach (var role in roles)
        {
            if (role.Legacy.Trim().Length is 0 or > RoleMapping.LegacyLength)
            {
                return role.Legacy.Trim().Length == 0
                    ? $"“{role.Local}” has no role of the legacy database."
                    : $"A role of the legacy database is longer than {RoleMapping.LegacyLength} characters.";
            }

            if (RoleName.ProblemOf(role.Local.Trim()) is { } problem)
            {
                return problem;
            }
        }

        return roles.GroupBy(role => role.Legacy.Trim(), StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? $"“{twice.Key}” is there twice: one role becomes one role."
            : null;
    }

    private static string? UriProblem(CustomDatabaseType type, string uri)
    {
        if (uri.Length > LongestValue)
        {
            return $"The connection URI is longer than {LongestValue} characters.";
        }

        if (type is CustomDatabaseType.Sqlite)
        {
            var path = ConnectionVariables.SqlitePath(uri);
            return path.Length == 0 || path.Contains("://", StringComparison.Ordinal) || path.IndexOfAny(Path.GetInvalidPathChars()) >= 0
                ? "This is not a file name."
                : null;
        }

        if (type is CustomDatabaseType.Other)
        {
            return null;
        }

        var (schemes, example) = type switch
        {
            CustomDatabaseType.Postgres => ((string[])["postgres", "postgresql"], "postgres://user:password@host:5432/database"),
            CustomDatabaseType.MySql => (["mysql", "mysqls", "mariadb"], "mysql://user:password@host:3306/database"),
            CustomDatabaseType.MongoDb => (["mongodb", "mongodb+srv"], "mongodb://user:password@host:27017/database"),

            // The other notation is ADO.NET's: `Server=host,1433;Database=…`.
            CustomDatabaseType.SqlServer => (["mssql", "sqlserver", "tds"], "mssql://user:password@host:1433/database"),
            _ => (["http", "https"], "https://users.example.org/"),
        };
        var end = uri.IndexOf("://", StringComparison.Ordinal);
        if (end < 0 ? type != CustomDatabaseType.SqlServer : !schemes.Contains(uri[..end], StringComparer.OrdinalIgnoreCase))
        {
            return $"This is not an address of that kind. It looks like {example}{(type == CustomDatabaseType.SqlServer ? " or Server=host,1433;Database=…;User Id=…;Password=…" : "")}; special characters in the password are percent-encoded.";
        }

        // Several hosts of MongoDB and ADO.NET's notation are no URI to .NET; of any other, what .NET reads differently is ambiguous.
        return type is CustomDatabaseType.SqlServer or CustomDatabaseType.MongoDb || (Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && parsed.Host.Length > 0)
            ? ConnectionAddress.ProblemOf(type, uri)
            : $"This is not an address of that kind. It looks like {example}; special characters in the password are percent-encoded.";
    }

    private static bool IsHostAndPort(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0
            && ushort.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port > 0
            && Uri.CheckHostName(text[..colon].Trim('[', ']')) != UriHostNameType.Unknown;
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]{0,99}$")]
    private static partial Regex VariableName();
}
