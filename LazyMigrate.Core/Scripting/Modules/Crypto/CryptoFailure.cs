namespace LazyMigrate.Core.Scripting.Modules.Crypto;

/// <summary>What cryptography itself refuses: a wrong key, a forged text. The script's matter, not a failed module.</summary>
/// <remarks>It crosses as an answer, <c>{"failed": {"code": …, "message": …, "type": …}}</c>, and the facade throws it.</remarks>
internal sealed class CryptoFailure(string? code, string message) : Exception(message)
{
    /// <summary>As Node has it, or null where its error has none.</summary>
    public string? Code { get; } = code;

    /// <summary><c>TypeError</c>, <c>RangeError</c>, or null for <c>Error</c>.</summary>
    public string? Type { get; init; }

    /// <summary>OpenSSL's words, as Node's errors carry them: <c>error:1C800064:Provider routines::bad decrypt</c>.</summary>
    public static CryptoFailure OpenSsl(string code, string number, string library, string reason) =>
        new(code, $"error:{number}:{library}::{reason}") { Library = library, Reason = reason };

    /// <summary>The library of OpenSSL, where the error is one of its.</summary>
    public string? Library { get; private init; }

    /// <summary>OpenSSL's reason, where the error is one of its.</summary>
    public string? Reason { get; private init; }

    public static CryptoFailure UnreadableKey => OpenSsl("ERR_OSSL_UNSUPPORTED", "1E08010C", "DECODER routines", "unsupported");

    public ModuleAnswer ToAnswer() => new(ModuleJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartObject("failed");
        writer.WriteString("message", Message);
        foreach (var (name, value) in new[] { ("code", Code), ("type", Type), ("library", Library), ("reason", Reason) })
        {
            if (value is not null)
            {
                writer.WriteString(name, value);
            }
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }));
}
