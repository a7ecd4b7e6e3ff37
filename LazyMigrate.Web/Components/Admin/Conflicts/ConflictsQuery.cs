using System.Globalization;
using LazyMigrate.Core.Users.Conflicts;

namespace LazyMigrate.Web.Components.Admin.Conflicts;

/// <summary>Which conflicts the page shows, as its address says it.</summary>
/// <param name="State">What was decided about them.</param>
/// <param name="Page">From 1.</param>
internal sealed record ConflictsQuery(ConflictState State = ConflictState.Open, int Page = 1)
{
    /// <summary>Reads the parts of an address; what makes no sense is taken as its default.</summary>
    public static ConflictsQuery Read(string? state, string? page) => new(
        Enum.TryParse<ConflictState>(state, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed) ? parsed : ConflictState.Open,
        int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Max(1, number) : 1);

    public IEnumerable<KeyValuePair<string, string?>> ToParameters()
    {
        if (State != ConflictState.Open)
        {
            yield return new("state", State.ToString());
        }

        if (Page > 1)
        {
            yield return new("page", Page.ToString(CultureInfo.InvariantCulture));
        }
    }
}
