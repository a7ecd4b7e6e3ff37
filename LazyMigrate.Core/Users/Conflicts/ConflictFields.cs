namespace LazyMigrate.Core.Users.Conflicts;

/// <summary>What of a legacy profile belongs to a user here.</summary>
[Flags]
public enum ConflictFields
{
    None = 0,
    Email = 1,
    Phone = 2,
    UserName = 4,
    LegacyId = 8,
}

public static class ConflictFieldsExtensions
{
    private static readonly (ConflictFields Field, string Word)[] s_words =
    [
        (ConflictFields.Email, "e-mail address"),
        (ConflictFields.Phone, "phone number"),
        (ConflictFields.UserName, "user name"),
        (ConflictFields.LegacyId, "legacy id"),
    ];

    /// <summary>The field that an identifier of this kind is in.</summary>
    public static ConflictFields FieldOf(this IdentifierKind kind) => kind switch
    {
        IdentifierKind.Email => ConflictFields.Email,
        IdentifierKind.Phone => ConflictFields.Phone,
        _ => ConflictFields.UserName,
    };

    /// <summary>The fields as people say them, for example "e-mail address and phone number".</summary>
    public static string Words(this ConflictFields fields)
    {
        var words = s_words.Where(item => fields.HasFlag(item.Field)).Select(item => item.Word).ToList();
        return words.Count < 3 ? string.Join(" and ", words) : $"{string.Join(", ", words[..^1])} and {words[^1]}";
    }

    /// <summary>Takes the fields away from a user who is not stored yet.</summary>
    /// <returns>Gives them back.</returns>
    internal static Action LeaveOut(this ConflictFields fields, AppUser user)
    {
        var (email, canonicalEmail, isConfirmed) = (user.Email, user.NormalizedEmail, user.EmailConfirmed);
        var (phone, canonicalPhone) = (user.PhoneNumber, user.NormalizedPhoneNumber);
        var (userName, canonicalUserName) = (user.UserName, user.NormalizedUserName);
        if (fields.HasFlag(ConflictFields.Email))
        {
            (user.Email, user.NormalizedEmail, user.EmailConfirmed) = (null, null, false);
        }

        if (fields.HasFlag(ConflictFields.Phone))
        {
            (user.PhoneNumber, user.NormalizedPhoneNumber) = (null, null);
        }

        if (fields.HasFlag(ConflictFields.UserName))
        {
            (user.UserName, user.NormalizedUserName) = (null, null);
        }

        return () =>
        {
            (user.Email, user.NormalizedEmail, user.EmailConfirmed) = (email, canonicalEmail, isConfirmed);
            (user.PhoneNumber, user.NormalizedPhoneNumber) = (phone, canonicalPhone);
            (user.UserName, user.NormalizedUserName) = (userName, canonicalUserName);
        };
    }
}
