using System.Globalization;
using LazyMigrate.Core.Users;

namespace LazyMigrate.Web.Components.Admin.Users;

/// <summary>Which users the list shows, as its address says it. The address is the page's only state, so that it can be kept, sent and gone back to.</summary>
/// <param name="Search">What the search box holds.</param>
/// <param name="Origin">Where they came from, or null for all.</param>
/// <param name="Order">By what the list is sorted.</param>
/// <param name="Ascending">Smallest or oldest first.</param>
/// <param name="Page">From 1.</param>
/// <param name="MustChange">Only those who must change their password.</param>
/// <param name="HasSecondFactor">Only those who have a second factor.</param>
/// <param name="IsDisabled">Only those who are disabled.</param>
internal sealed record UsersQuery(
    string Search = "",
    UserOrigin? Origin = null,
    UserListOrder Order = UserListOrder.CreatedAt,
    bool Ascending = false,
    int Page = 1,
    bool MustChange = false,
    bool HasSecondFactor = false,
    bool IsDisabled = false)
{
    public const int PageSize = 25;

    private const string MustChangeName = "must-change-password";
    private const string SecondFactorName = "second-factor";
    private const string DisabledName = "disabled";

    /// <summary>Reads the parts of an address; what makes no sense is taken as its default.</summary>
    public static UsersQuery Read(string? search, string? origin, string? sort, string? direction, string? page, string? only = null) => new(
        search?.Trim() ?? "",
        Enum.TryParse<UserOrigin>(origin, ignoreCase: true, out var parsedOrigin) && Enum.IsDefined(parsedOrigin) ? parsedOrigin : null,
        Enum.TryParse<UserListOrder>(sort, ignoreCase: true, out var order) && Enum.IsDefined(order) ? order : UserListOrder.CreatedAt,
        string.Equals(direction, "asc", StringComparison.OrdinalIgnoreCase),
        int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Max(1, number) : 1,
        Has(only, MustChangeName),
        Has(only, SecondFactorName),
        Has(only, DisabledName));

    public IEnumerable<KeyValuePair<string, string?>> ToParameters()
    {
        if (Search.Length > 0)
        {
            yield return new("q", Search);
        }

        if (Origin is { } origin)
        {
            yield return new("origin", origin.ToString());
        }

        if (string.Join(',', Only()) is { Length: > 0 } only)
        {
            yield return new("only", only);
        }

        if (Order != UserListOrder.CreatedAt || Ascending)
        {
            yield return new("sort", Order.ToString());
            yield return new("direction", Ascending ? "asc" : "desc");
        }

        if (Page > 1)
        {
            yield return new("page", Page.ToString(CultureInfo.InvariantCulture));
        }
    }

    public UserListRequest ToRequest() => new()
    {
        Search = Search,
        Origin = Origin,
        MustChangePassword = MustChange,
        HasSecondFactor = HasSecondFactor,
        IsDisabled = IsDisabled,
        Order = Order,
        Descending = !Ascending,
        Page = Page - 1,
        PageSize = PageSize,
    };

    /// <summary>The same list sorted by a column; sorted by it already, the other way round.</summary>
    public UsersQuery SortedBy(UserListOrder order) => this with
    {
        Order = order,
        Ascending = order == Order ? !Ascending : order is UserListOrder.Email or UserListOrder.Name or UserListOrder.UserName,
        Page = 1,
    };

    public bool IsFiltered => Search.Length > 0 || Origin is not null || Only().Any();

    private static bool Has(string? only, string name) => (only ?? "").Split(',').Contains(name, StringComparer.OrdinalIgnoreCase);

    private IEnumerable<string> Only() =>
        new[] { (MustChange, MustChangeName), (HasSecondFactor, SecondFactorName), (IsDisabled, DisabledName) }.Where(filter => filter.Item1).Select(filter => filter.Item2);
}
