using System.Formats.Asn1;
using System.Text;
using System.Text.Json;

namespace LazyMigrate.Core.Scripting.Modules.Ldap;

/// <summary>LDAPv3's messages in BER: https://www.rfc-editor.org/rfc/rfc4511#appendix-B.</summary>
internal static class LdapMessages
{
    public const int BindResponse = 1, SearchEntry = 4, SearchDone = 5, CompareResponse = 15, SearchReference = 19, ExtendedResponse = 24;

    private const string PagedResults = "1.2.840.113556.1.4.319";

    private const string StartTlsName = "1.3.6.1.4.1.1466.20037";

    private const int FilterDepth = 32;

    public static byte[] Bind(int id, string dn, string password) => Message(id, writer =>
    {
        using (writer.PushSequence(Application(0)))
        {
            writer.WriteInteger(3);
            writer.WriteOctetString(Encoding.UTF8.GetBytes(dn));
            writer.WriteOctetString(Encoding.UTF8.GetBytes(password), Context(0));
        }
    });

    public static byte[] Unbind(int id) => Message(id, writer => writer.WriteNull(Application(2)));

    public static byte[] StartTls(int id) => Message(id, writer =>
    {
        using (writer.PushSequence(Application(23)))
        {
            writer.WriteOctetString(Encoding.UTF8.GetBytes(StartTlsName), Context(0));
        }
    });

    public static byte[] Compare(int id, string dn, string attribute, string value) => Message(id, writer =>
    {
        using (writer.PushSequence(Application(14)))
        {
            writer.WriteOctetString(Encoding.UTF8.GetBytes(dn));
            using (writer.PushSequence())
            {
                writer.WriteOctetString(Encoding.UTF8.GetBytes(attribute));
                writer.WriteOctetString(Encoding.UTF8.GetBytes(value));
            }
        }
    });

    public static byte[] Search(int id, JsonElement question) => Message(
        id,
        writer =>
        {
            using (writer.PushSequence(Application(3)))
            {
                writer.WriteOctetString(Text(question, "base"));
                writer.WriteEnumeratedValue(ModuleJson.StringOf(question, "scope") switch
                {
                    "one" => SearchScope.One,
                    "sub" => SearchScope.Sub,
                    _ => SearchScope.Base,
                });
                writer.WriteEnumeratedValue((Dereference)Math.Clamp(ModuleJson.NumberOf(question, "derefAliases") ?? 0, 0, 3));
                writer.WriteInteger(Math.Max(0, ModuleJson.NumberOf(question, "sizeLimit") ?? 0));
                writer.WriteInteger(Math.Max(0, ModuleJson.NumberOf(question, "timeLimit") ?? 0));
                writer.WriteBoolean(question.TryGetProperty("typesOnly", out var typesOnly) && typesOnly.ValueKind == JsonValueKind.True);
                WriteFilter(writer, question.GetProperty("filter"), 0);
                using (writer.PushSequence())
                {
                    foreach (var attribute in question.GetProperty("attributes").EnumerateArray())
                    {
                        writer.WriteOctetString(Encoding.UTF8.GetBytes(ModuleJson.TextOf(attribute)));
                    }
                }
            }
        },
        ModuleJson.NumberOf(question, "pageSize") is > 0 and var size ? writer => WritePage(writer, size, question) : null);

    /// <summary>The number of a message's operation; 0 for its id is a notice of the server's own.</summary>
    public static (int Id, int Operation, AsnReader Body, AsnReader Message) Read(ReadOnlyMemory<byte> bytes)
    {
        var message = new AsnReader(bytes, AsnEncodingRules.BER).ReadSequence();
        message.TryReadInt32(out var id);
        var tag = message.PeekTag();
        return tag.TagClass == TagClass.Application
            ? (id, tag.TagValue, tag.IsConstructed ? message.ReadSequence(tag) : new AsnReader(message.ReadEncodedValue(), AsnEncodingRules.BER), message)
            : throw new AsnContentException("The message holds no operation.");
    }

    public static LdapResult ReadResult(AsnReader body, AsnReader message)
    {
        var code = Convert.ToInt32(body.ReadEnumeratedValue<ResultCode>(), System.Globalization.CultureInfo.InvariantCulture);
        var matched = ReadText(body);
        var text = ReadText(body);
        var referrals = new List<string>();
        if (body.HasData && body.PeekTag() is { TagClass: TagClass.ContextSpecific, TagValue: 3 })
        {
            var list = body.ReadSequence(Context(3));
            while (list.HasData)
            {
                referrals.Add(ReadText(list));
            }
        }

        return new LdapResult(code, matched, text, referrals) { Cookie = ReadCookie(message) };
    }

    public static LdapEntry ReadEntry(AsnReader body, int length)
    {
        var dn = ReadText(body);
        var attributes = new List<LdapAttribute>();
        var list = body.ReadSequence();
        while (list.HasData)
        {
            var attribute = list.ReadSequence();
            var type = ReadText(attribute);
            var values = new List<byte[]>();
            var set = attribute.ReadSetOf(skipSortOrderValidation: true);
            while (set.HasData)
            {
                values.Add(set.ReadOctetString());
            }

            attributes.Add(new LdapAttribute(type, values));
        }

        return new LdapEntry(dn, attributes, length);
    }

    public static IReadOnlyList<string> ReadReference(AsnReader body)
    {
        var uris = new List<string>();
        while (body.HasData)
        {
            uris.Add(ReadText(body));
        }

        return uris;
    }

    private static byte[] Message(int id, Action<AsnWriter> writeOperation, Action<AsnWriter>? writeControls = null)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(id);
            writeOperation(writer);
            writeControls?.Invoke(writer);
        }

        return writer.Encode();
    }

    private static void WritePage(AsnWriter writer, int size, JsonElement question)
    {
        // https://www.rfc-editor.org/rfc/rfc2696
        var value = new AsnWriter(AsnEncodingRules.BER);
        using (value.PushSequence())
        {
            value.WriteInteger(size);
            value.WriteOctetString(ModuleJson.StringOf(question, "cookie") is null ? [] : ModuleJson.BytesOf(question, "cookie"));
        }

        using (writer.PushSequence(Context(0, isConstructed: true)))
        using (writer.PushSequence())
        {
            writer.WriteOctetString(Encoding.UTF8.GetBytes(PagedResults));
            writer.WriteOctetString(value.Encode());
        }
    }

    private static byte[]? ReadCookie(AsnReader message)
    {
        if (!message.HasData)
        {
            return null;
        }

        var controls = message.ReadSequence(Context(0, isConstructed: true));
        while (controls.HasData)
        {
            var control = controls.ReadSequence();
            if (ReadText(control) != PagedResults)
            {
                continue;
            }

            if (control.HasData && control.PeekTag().TagValue == (int)UniversalTagNumber.Boolean)
            {
                control.ReadBoolean();
            }

            var value = new AsnReader(control.ReadOctetString(), AsnEncodingRules.BER).ReadSequence();
            value.ReadInteger();
            var cookie = value.ReadOctetString();
            return cookie.Length > 0 ? cookie : null;
        }

        return null;
    }

    /// <summary>Filters come as a tree: <c>{ t: "and", f: […] }</c>, <c>{ t: "eq", a: "uid", v: base64 }</c>.</summary>
    private static void WriteFilter(AsnWriter writer, JsonElement filter, int depth)
    {
        if (depth > FilterDepth)
        {
            throw new ModuleException("ERR_INVALID_ARG_VALUE", "The filter is nested too deeply.");
        }

        var kind = ModuleJson.StringOf(filter, "t");
        switch (kind)
        {
            case "and" or "or":
                using (writer.PushSetOf(Context(kind == "and" ? 0 : 1, isConstructed: true)))
                {
                    foreach (var part in filter.GetProperty("f").EnumerateArray())
                    {
                        WriteFilter(writer, part, depth + 1);
                    }
                }

                break;
            case "not":
                using (writer.PushSequence(Context(2, isConstructed: true)))
                {
                    WriteFilter(writer, filter.GetProperty("f"), depth + 1);
                }

                break;
            case "eq" or "ge" or "le" or "approx":
                using (writer.PushSequence(Context(kind switch { "eq" => 3, "ge" => 5, "le" => 6, _ => 8 }, isConstructed: true)))
                {
                    writer.WriteOctetString(Text(filter, "a"));
                    writer.WriteOctetString(ModuleJson.BytesOf(filter, "v"));
                }

                break;
            case "sub":
                WriteSubstrings(writer, filter);
                break;
            case "present":
                writer.WriteOctetString(Text(filter, "a"), Context(7));
                break;
            case "ext":
                WriteExtensible(writer, filter);
                break;
            default:
                throw new ModuleException("ERR_INVALID_ARG_VALUE", "The filter is not one of LDAP's.");
        }
    }

    private static void WriteSubstrings(AsnWriter writer, JsonElement filter)
    {
        using (writer.PushSequence(Context(4, isConstructed: true)))
        {
            writer.WriteOctetString(Text(filter, "a"));
            using (writer.PushSequence())
            {
                if (ModuleJson.StringOf(filter, "initial") is { Length: > 0 })
                {
                    writer.WriteOctetString(ModuleJson.BytesOf(filter, "initial"), Context(0));
                }

                foreach (var any in filter.GetProperty("any").EnumerateArray())
                {
                    writer.WriteOctetString(any.GetBytesFromBase64(), Context(1));
                }

                if (ModuleJson.StringOf(filter, "final") is { Length: > 0 })
                {
                    writer.WriteOctetString(ModuleJson.BytesOf(filter, "final"), Context(2));
                }
            }
        }
    }

    private static void WriteExtensible(AsnWriter writer, JsonElement filter)
    {
        using (writer.PushSequence(Context(9, isConstructed: true)))
        {
            if (ModuleJson.StringOf(filter, "rule") is { Length: > 0 })
            {
                writer.WriteOctetString(Text(filter, "rule"), Context(1));
            }

            if (ModuleJson.StringOf(filter, "a") is { Length: > 0 })
            {
                writer.WriteOctetString(Text(filter, "a"), Context(2));
            }

            writer.WriteOctetString(ModuleJson.BytesOf(filter, "v"), Context(3));
            if (filter.TryGetProperty("dn", out var dn) && dn.ValueKind == JsonValueKind.True)
            {
                writer.WriteBoolean(true, Context(4));
            }
        }
    }

    private static byte[] Text(JsonElement argument, string name) => Encoding.UTF8.GetBytes(ModuleJson.StringOf(argument, name) ?? "");

    private static string ReadText(AsnReader reader) => Encoding.UTF8.GetString(reader.ReadOctetString());

    private static Asn1Tag Application(int number) => new(TagClass.Application, number);

    private static Asn1Tag Context(int number, bool isConstructed = false) => new(TagClass.ContextSpecific, number, isConstructed);

    // AsnWriter takes enumerated values as enums only.
    private enum SearchScope
    {
        Base,
        One,
        Sub,
    }

    private enum Dereference
    {
        Never,
        InSearching,
        FindingBase,
        Always,
    }

    private enum ResultCode
    {
        Success,
    }
}
