using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace LazyMigrate.Core.Scripting.Modules.Bcrypt;

/// <summary>bcrypt by the system's own libcrypt (libxcrypt on Linux), which is faster than managed code. Where it is missing, or not as it should be, nothing is hashed with it.</summary>
internal static unsafe class SystemBcrypt
{
    /// <summary>Larger than <c>struct crypt_data</c> of every libcrypt.</summary>
    private const int WorkBytes = 64 << 10;

    private static readonly delegate* unmanaged<byte*, byte*, byte*, int, byte*> s_crypt = Find();

    public static bool IsAvailable => s_crypt is not null;

    /// <summary>Hashes a password.</summary>
    /// <param name="password">At most its first 72 bytes in UTF-8 count, as with every bcrypt.</param>
    /// <param name="setting">A salt or a whole hash: <c>$2b$10$</c> and at least 22 characters.</param>
    /// <returns>The hash, or null where this password or setting has to be hashed elsewhere.</returns>
    public static string? Hash(string password, string setting) =>
        s_crypt is null || password.Contains('\0', StringComparison.Ordinal) ? null : Hash(s_crypt, password, setting);

    private static delegate* unmanaged<byte*, byte*, byte*, int, byte*> Find()
    {
        if (!OperatingSystem.IsLinux()
            || !NativeLibrary.TryLoad("libcrypt.so.1", out var library)
            || !NativeLibrary.TryGetExport(library, "crypt_rn", out var address))
        {
            return null;
        }

        var crypt = (delegate* unmanaged<byte*, byte*, byte*, int, byte*>)address;

        // Vectors of John the Ripper, by way of Openwall's crypt_blowfish; a libcrypt without bcrypt gives null.
        return Hash(crypt, "U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.") == "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"
            && Hash(crypt, "\u00e4\u20ac", "$2y$05$CCCCCCCCCCCCCCCCCCCCC.") == BCrypt.Net.BCrypt.HashPassword("\u00e4\u20ac", "$2y$05$CCCCCCCCCCCCCCCCCCCCC.")
            ? crypt
            : null;
    }

    private static string? Hash(delegate* unmanaged<byte*, byte*, byte*, int, byte*> crypt, string password, string setting)
    {
        var work = new byte[WorkBytes];
        var phrase = new byte[Encoding.UTF8.GetMaxByteCount(password.Length) + 1];
        Encoding.UTF8.GetBytes(password, phrase);
        try
        {
            fixed (byte* phrasePointer = phrase, settingPointer = Encoding.ASCII.GetBytes(setting + "\0"), workPointer = work)
            {
                var hash = crypt(phrasePointer, settingPointer, workPointer, WorkBytes);
                return hash is null ? null : Marshal.PtrToStringUTF8((nint)hash);
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(phrase);
            CryptographicOperations.ZeroMemory(work);
        }
    }
}
