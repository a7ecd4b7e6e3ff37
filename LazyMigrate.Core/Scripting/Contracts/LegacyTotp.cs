using System.Text.Json;
using System.Text.Json.Nodes;

namespace LazyMigrate.Core.Scripting.Contracts;

/// <summary>The secret of somebody's authenticator app (RFC 6238), decoded. A class without a text of its own, so that no record, log or JSON prints it.</summary>
public sealed class LegacyTotp(byte[] secret)
{
    /// <summary>What Google's app gives out, 80 bits, is the least; RFC 4226 wants 128.</summary>
    private const int ShortestSecret = 10;
    private const int LongestSecret = 128;

    private readonly byte[] _secret = secret;

    /// <summary>The key of the HMAC.</summary>
    public byte[] CopySecret() => [.. _secret];

    public override string ToString() => "(secret)";

    /// <summary>Reads <c>mfa_factors</c>, as Auth0 imports them: <c>[{ "totp": { "secret": "BASE32" } }]</c>; other kinds of factors may stand beside it.</summary>
    /// <param name="factors">The field.</param>
    /// <param name="isThere">Whether there is a TOTP secret, be it readable or not.</param>
    /// <param name="problems">Gets what is wrong. A TOTP secret that cannot be read is fatal: without it whoever has the password would need nothing else any more.</param>
    internal static LegacyTotp? Read(JsonElement factors, out bool isThere, List<ProfileProblem> problems)
    {
        const string Field = "mfa_factors";
        LegacyTotp? found = null;
        isThere = false;
        if (factors.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object))
        {
            Fatal("`mfa_factors` is not a list: return [{ totp: { secret: 'BASE32' } }], or [] for people who have no second factor.");
            return null;
        }

        var hasOthers = false;
        foreach (var factor in factors.ValueKind == JsonValueKind.Array ? factors.EnumerateArray().ToList() : [factors])
        {
            if (factor.ValueKind != JsonValueKind.Object)
            {
                Fatal("`mfa_factors` has an entry that is not an object.");
                continue;
            }

            foreach (var kind in factor.EnumerateObject())
            {
                if (kind.Name == "totp" && IsNull(kind.Value))
                {
                    // A database's NULL: this person has none. What is missing or empty is a mistake of the script.
                    continue;
                }

                isThere |= kind.Name == "totp";
                if (kind.Name != "totp")
                {
                    hasOthers = true;
                }
                else if (ReadTotp(kind.Value) is not { } totp)
                {
                    Fatal("`mfa_factors` has a TOTP secret that cannot be read: it must be base 32 of 80 to 1,024 bits, for six digits every 30 seconds with SHA-1. Nobody is moved without the second factor they have.");
                }
                else if (found is not null && !found._secret.SequenceEqual(totp._secret))
                {
                    Fatal("`mfa_factors` has two TOTP secrets: return the one that the person's authenticator app has.");
                }
                else
                {
                    found = totp;
                }
            }
        }

        if (hasOthers)
        {
            problems.Add(new ProfileProblem(Field, "Only TOTP secrets are taken over; other second factors (phone, e-mail, …) were left out.", IsFatal: false));
        }

        return found;

        void Fatal(string message) => problems.Add(new ProfileProblem(Field, message, IsFatal: true));
    }

    /// <summary>Hides the secrets in an answer that is shown to an administrator.</summary>
    internal static string? Mask(string? answerJson)
    {
        if (answerJson is null || !answerJson.Contains("mfa_factors", StringComparison.Ordinal))
        {
            return answerJson;
        }

        try
        {
            var answer = JsonNode.Parse(answerJson);
            Mask(answer, isSecret: false);
            return answer?.ToJsonString();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static LegacyTotp? ReadTotp(JsonElement totp)
    {
        // The secret alone is accepted, too.
        var secret = totp;
        if (totp.ValueKind == JsonValueKind.Object)
        {
            if (!totp.TryGetProperty("secret", out secret)
                || !IsAbsentOr(totp, "algorithm", "SHA1", "SHA-1")
                || !IsAbsentOr(totp, "digits", "6")
                || !IsAbsentOr(totp, "period", "30"))
            {
                return null;
            }
        }

        return secret.ValueKind == JsonValueKind.String
            && Base32.TryDecode(secret.GetString()!, out var bytes)
            && bytes.Length is >= ShortestSecret and <= LongestSecret
            ? new LegacyTotp(bytes)
            : null;
    }

    private static bool IsNull(JsonElement totp) =>
        totp.ValueKind == JsonValueKind.Null
        || (totp.ValueKind == JsonValueKind.Object && totp.TryGetProperty("secret", out var secret) && secret.ValueKind == JsonValueKind.Null);

    private static bool IsAbsentOr(JsonElement totp, string name, params string[] values) =>
        !totp.TryGetProperty(name, out var value)
        || value.ValueKind == JsonValueKind.Null
        || values.Contains(value.ToString(), StringComparer.OrdinalIgnoreCase);

    private static void Mask(JsonNode? node, bool isSecret)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (name, value) in map.ToList())
                {
                    var isFactor = isSecret || name == "mfa_factors";
                    if (isFactor && value is JsonValue)
                    {
                        map[name] = "•••";
                    }
                    else
                    {
                        Mask(value, isFactor);
                    }
                }

                break;
            case JsonArray list:
                for (var index = 0; index < list.Count; index++)
                {
                    if (isSecret && list[index] is JsonValue)
                    {
                        list[index] = "•••";
                    }
                    else
                    {
                        Mask(list[index], isSecret);
                    }
                }

                break;
        }
    }
}
