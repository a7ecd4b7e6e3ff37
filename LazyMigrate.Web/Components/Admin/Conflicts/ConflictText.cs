using LazyMigrate.Core.UserMigration.Conflicts;
using LazyMigrate.Core.Users.Conflicts;
using LazyMigrate.Web.Components.Admin.Elements;
using MudBlazor;

namespace LazyMigrate.Web.Components.Admin.Conflicts;

/// <summary>How conflicts and what can be decided about them read.</summary>
internal static class ConflictText
{
    public static string NameOf(ConflictState state) => state switch
    {
        ConflictState.Open => "Open",
        ConflictState.Linked => "Linked",
        ConflictState.KeptApart => "Kept apart",
        _ => "Rejected",
    };

    public static Tone ToneOf(ConflictState state) => state switch
    {
        ConflictState.Open => Tone.Warning,
        ConflictState.Rejected => Tone.Danger,
        _ => Tone.Success,
    };

    public static string IconOf(ConflictState state) => state switch
    {
        ConflictState.Open => Icons.Material.Outlined.HourglassEmpty,
        ConflictState.Linked => Icons.Material.Outlined.Link,
        ConflictState.KeptApart => Icons.Material.Outlined.CallSplit,
        _ => Icons.Material.Outlined.Block,
    };

    /// <summary>How the legacy person is called.</summary>
    public static string NameOf(MigrationConflict conflict) => conflict.Name ?? conflict.Identifier;

    /// <summary>What collides with whom, a sentence.</summary>
    public static string Collision(ConflictReading reading)
    {
        var parts = reading.Users.Where(user => user.Fields != ConflictFields.None).Select(user => $"the {user.Fields.Words()} of {user.User.DisplayName}").ToList();
        return parts.Count == 0 ? "Nothing of theirs belongs to anybody else here any more." : $"They have {string.Join(", and ", parts)}.";
    }

    /// <summary>What linking does, a paragraph each.</summary>
    public static string[] Link(ConflictReading reading, ConflictUser side)
    {
        var (name, conflict) = (side.User.DisplayName, reading.Conflict);
        var other = OtherIdentifiers(reading);
        return
        [
            $"They are one person. {name} stays as they are here, with profile, e-mail address, roles and second factor; of the legacy database only the legacy id {conflict.LegacyId} is kept.",
            side.HasPassword
                ? $"The password that {name} has here counts, and the old one does not any more{(other.Length > 0 ? $". With the password here they can also log in as {other}" : "")}."
                : $"{name} has no password here yet: at the next log-in with the old one the legacy database decides, and they get it{(other.Length > 0 ? $". They can also log in as {other}" : "")}.",
            .. Unproved(side),
            side.HasPassword || side.User.TwoFactorEnabled
                ? "A second factor of the legacy database is not taken over: only one that the user has here is asked for."
                : "A second factor of the legacy database is not taken over now, but with the password at that log-in.",
            "Be sure that they are one person: whoever reads the mail, or knows the password, of the user here gets in. This can be taken back only by “Return to not moved” on their page.",
        ];
    }

    /// <summary>What keeping apart does, a paragraph each.</summary>
    public static string[] KeepApart(ConflictReading reading)
    {
        var (name, identifier) = (NameOf(reading.Conflict), reading.Conflict.Identifier);
        var owners = string.Join(" and ", reading.Users.Where(user => user.Fields != ConflictFields.None).Select(user => user.User.DisplayName));
        var fields = reading.Fields;
        return
        [
            fields == ConflictFields.None
                ? $"At the next log-in {name} is moved as a user of their own, with everything the legacy database says of them."
                : $"They are two people. At the next log-in as {identifier}, with the old password, {name} is moved as a user of their own, without the {fields.Words()}, which {(fields.HasFlag(ConflictFields.Email) && fields != ConflictFields.Email ? "stay" : "stays")} with {owners}.",
            .. fields.HasFlag(ConflictFields.Email)
                ? ["Without an e-mail address they cannot get a new password by mail: not before they have moved, and not after it, until they have given another one."]
                : Array.Empty<string>(),
            "You can reopen this until they have moved.",
        ];
    }

    /// <summary>What rejecting does, a paragraph each.</summary>
    public static string[] Reject(ConflictReading reading)
    {
        var users = string.Join(" and ", reading.Users.Where(user => user.Fields != ConflictFields.None).Select(user => user.User.DisplayName));
        return
        [
            $"From now on {NameOf(reading.Conflict)} is refused, with the same sentence as for a wrong password: the legacy database cannot bring them here any more.{(users.Length > 0 ? $" {users} and what they log in with here are not touched." : "")}",
            "You can reopen this at any time. Their name is not kept, only their identifiers and the legacy id.",
        ];
    }

    private static IEnumerable<string> Unproved(ConflictUser side)
    {
        if (side.User is { Email: not null, EmailConfirmed: false })
        {
            yield return $"The address of {side.User.DisplayName} was never confirmed.";
        }
    }

    /// <summary>What the legacy person is called there that is nobody's here.</summary>
    private static string OtherIdentifiers(ConflictReading reading)
    {
        var conflict = reading.Conflict;
        var taken = reading.Fields;
        var free = new[]
        {
            (ConflictFields.Email, conflict.NormalizedEmail),
            (ConflictFields.UserName, conflict.NormalizedUserName),
            (ConflictFields.Phone, conflict.NormalizedPhoneNumber),
        }.Where(item => !taken.HasFlag(item.Item1)).Select(item => item.Item2).OfType<string>();
        return string.Join(" or ", free);
    }
}
