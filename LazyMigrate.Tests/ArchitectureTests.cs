using LazyMigrate.Core.Users;
using LazyMigrate.Tests.TestServices;
using Mono.Cecil;

namespace LazyMigrate.Tests;

/// <summary>The rooms, and what each may not use (docs/architecture.md).</summary>
public sealed class ArchitectureTests
{
    private const string Core = "LazyMigrate.Core";
    private const string Web = "LazyMigrate.Web";

    private static readonly string[] s_drivers = ["Npgsql", "Microsoft.Data", "MySqlConnector", "MongoDB", "StackExchange", "Novell", "System.DirectoryServices"];
    private static readonly string[] s_providers = ["Npgsql", "Microsoft.Data", "Microsoft.EntityFrameworkCore.Sqlite", "Microsoft.EntityFrameworkCore.SqliteDbContextOptionsBuilderExtensions", "Microsoft.EntityFrameworkCore.NpgsqlDbContextOptionsBuilderExtensions"];

    /// <summary>Room, what it must not use, and the rooms within it that may all the same.</summary>
    public static TheoryData<string, string[], string[]> Rules => new()
    {
        { Core, ["MudBlazor", "Microsoft.AspNetCore.Components", "Microsoft.AspNetCore.Http.HttpContext", "Microsoft.AspNetCore.Mvc", Web], [] },
        { $"{Core}.Scripting", [.. OtherRoomsThan("Scripting"), "Microsoft.EntityFrameworkCore"], [] },
        { $"{Core}.Scripting", ["Microsoft.ClearScript"], [$"{Core}.Scripting.V8", $"{Core}.Scripting.Modules"] },
        { $"{Core}.Scripting", s_drivers, [$"{Core}.Scripting.Modules"] },
        { Core, s_providers, [$"{Core}.Data", $"{Core}.Scripting.Modules"] },
        { $"{Core}.UserMigration", ["Microsoft.ClearScript", .. s_drivers], [] },
        { $"{Core}.Data", [$"{Core}.UserMigration", $"{Core}.Scripting"], [] },
        { $"{Web}.Components.Account", ["MudBlazor", $"{Core}.Scripting", $"{Core}.Data"], [] },
        { $"{Web}.Components.Admin", ["Microsoft.AspNetCore.Http.HttpContext", "Microsoft.AspNetCore.Http.IHttpContextAccessor", $"{Core}.Data", "Microsoft.EntityFrameworkCore"], [] },
        { $"{Web}.OpenIdConnect", [$"{Web}.Components"], [] },
        { $"{Web}.Api", [$"{Web}.Components"], [] },
    };

    /// <summary>Single types that a room may use of one it must not, with the reason.</summary>
    private static readonly Dictionary<string, string> s_allowed = new(StringComparer.Ordinal)
    {
        ["LazyMigrate.Core.Scripting.ScriptDialect"] = "An enum that the stored draft and version hold.",
        ["LazyMigrate.Core.Scripting.ScriptKind"] = "An enum that the stored DatabaseScript is keyed by.",
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void Room_UsesNothingItMustNot(string room, string[] forbidden, string[] exceptRooms)
    {
        using var core = AssemblyDefinition.ReadAssembly(typeof(AppUser).Assembly.Location);
        using var web = AssemblyDefinition.ReadAssembly(typeof(Program).Assembly.Location);

        var violations =
            from type in core.MainModule.Types.Concat(web.MainModule.Types)
            where IsIn(type.Namespace, room) && !exceptRooms.Any(except => IsIn(type.Namespace, except))
            from used in TypeReferences.Of(type)
            where forbidden.Any(name => IsIn(used, name)) && !s_allowed.ContainsKey(used)
            select $"{type.FullName} uses {used}";

        Assert.Empty(violations);
    }

    [Fact]
    public void Managers_AreNotUsedByData()
    {
        using var core = AssemblyDefinition.ReadAssembly(typeof(AppUser).Assembly.Location);

        var violations =
            from type in core.MainModule.Types
            where IsIn(type.Namespace, $"{Core}.Data")
            from used in TypeReferences.Of(type)
            where used.StartsWith(Core, StringComparison.Ordinal) && used.EndsWith("Manager", StringComparison.Ordinal)
            select $"{type.FullName} uses {used}";

        Assert.Empty(violations);
    }

    [Fact]
    public void TopLevel_HoldsOnlyTheFixedEntries()
    {
        string[] allowed =
        [
            "LazyMigrate.Web", "LazyMigrate.Core", "LazyMigrate.Tests", "LazyMigrate.sln", "appsettings.json", "README.md",
            "Directory.Build.props", "Directory.Packages.props", "global.json", ".editorconfig", ".gitignore", ".gitattributes", ".config", ".ci",
            "LICENSE", "docs", ".git",
        ];

        var entries = Directory.EnumerateFileSystemEntries(RepositoryFolder.Path).Select(Path.GetFileName);

        Assert.Empty(entries.Except([.. allowed, "data", "TestResults", "BenchmarkDotNet.Artifacts", ".vs", ".vscode", ".idea"]));
    }

    [Fact]
    public void Program_OnlyNames()
    {
        var lines = File.ReadAllLines(Path.Combine(RepositoryFolder.Path, Web, "Program.cs"));

        Assert.InRange(lines.Length, 1, 59);
    }

    private static IEnumerable<string> OtherRoomsThan(string room) =>
        new[] { "Activity", "CustomDatabases", "Data", "Mail", "Outbox", "Scripting", "UserMigration", "Users" }.Where(other => other != room).Select(other => $"{Core}.{other}");

    private static bool IsIn(string name, string room) =>
        name == room || (name.StartsWith(room, StringComparison.Ordinal) && name.Length > room.Length && name[room.Length] == '.');
}
