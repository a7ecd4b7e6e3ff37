using LazyMigrate.Core.Scripting;
using LazyMigrate.Web.Api;
using LazyMigrate.Web.Components.Admin.Conflicts;
using LazyMigrate.Web.Components.Admin.Users;
using Microsoft.AspNetCore.WebUtilities;

namespace LazyMigrate.Web.Components.Admin;

/// <summary>The addresses that pages of the console link to.</summary>
internal static class AdminUrls
{
    public const string Overview = "/admin";
    public const string ModeSwitch = "/admin#mode";
    public const string Welcome = "/admin/welcome";
    public const string Database = "/admin/database";
    public const string Modules = "/admin/database/modules";
    public const string AllUsers = "/admin/users";
    public const string AllActivity = "/admin/activity";
    public const string NewUser = "/admin/users/new";
    public const string AllConflicts = "/admin/conflicts";
    public const string DeletedPeople = "/admin/users/deleted";
    public const string Account = "/account";
    public const string LogIn = "/account/login";
    public const string LogOut = "/account/logout";

    public static string Script(ScriptKind kind) => $"/admin/database/scripts/{ScriptName(kind)}";

    public static string User(Guid id) => $"/admin/users/{id}";

    /// <summary>The list of users as a query shows it; what is at its default is left out.</summary>
    public static string Users(UsersQuery query) => QueryHelpers.AddQueryString(AllUsers, query.ToParameters());

    /// <summary>The events that a query shows.</summary>
    public static string Activity(ActivityQuery query) => QueryHelpers.AddQueryString(AllActivity, query.ToParameters());

    /// <summary>The conflicts that a query shows.</summary>
    public static string Conflicts(ConflictsQuery query) => QueryHelpers.AddQueryString(AllConflicts, query.ToParameters());

    /// <summary>The name of the script's function, which is also the last part of its address.</summary>
    public static string ScriptName(ScriptKind kind) => kind switch
    {
        ScriptKind.Login => "login",
        ScriptKind.SearchUser => "searchUser",
        ScriptKind.CountUsers => "countUsers",
        ScriptKind.ListUsers => "listUsers",
        ScriptKind.UserMigrated => "userMigrated",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>The kinds that the console has a page for, in the order of the navigation.</summary>
    public static IReadOnlyList<ScriptKind> ScriptPages { get; } = Enum.GetValues<ScriptKind>();

    /// <summary>Reads the last part of a script page's address.</summary>
    public static ScriptKind? ScriptKindOf(string name) =>
        ScriptPages.Select(kind => (ScriptKind?)kind).FirstOrDefault(kind => string.Equals(ScriptName(kind!.Value), name, StringComparison.OrdinalIgnoreCase));
}
