using LazyMigrate.Web.Configuration;

namespace LazyMigrate.Web.Security;

/// <summary>The key that the data-protection keys in the database are wrapped with.</summary>
/// <param name="Bytes">32 bytes.</param>
internal sealed record WrappingKey(byte[] Bytes)
{
    public const int Length = 32;

    /// <summary>Reads the key from the variable or the file.</summary>
    /// <returns>What is wrong, or null.</returns>
    public static string? TryRead(KeyEncryptionOptions options, out WrappingKey? key)
    {
        key = null;
        string name;
        string text;
        if (!string.IsNullOrWhiteSpace(options.Key))
        {
            name = "LazyMigrate:KeyEncryption:Key";
            text = options.Key;
        }
        else
        {
            name = "LazyMigrate:KeyEncryption:KeyFile";
            try
            {
                text = File.ReadAllText(options.KeyFile!);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return $"{name}: the file cannot be read: {exception.Message}";
            }
        }

        var bytes = new byte[Length + 1];
        if (!Convert.TryFromBase64String(text.Trim(), bytes, out var length) || length != Length)
        {
            return $"{name} must be {Length} bytes as base64: make one with “openssl rand -base64 {Length}”.";
        }

        key = new WrappingKey(bytes[..Length]);
        return null;
    }
}
