using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace LazyMigrate.Core.CustomDatabases;

/// <summary>Encrypts the secrets of a custom database at rest.</summary>
public sealed class SecretProtector(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("LazyMigrate.CustomDatabase.Secrets.v1");

    /// <summary>Makes sure that the keys are in memory. To be called before a transaction in which secrets are read or written.</summary>
    /// <remarks>
    /// The keys live in the same database, and a new one is written through a connection of its own: within a transaction on
    /// SQLite, which has one writer, that write would wait for the transaction and the transaction for it.
    /// </remarks>
    public void LoadKeys() => _protector.Protect([]);

    public string? Protect(string? text) => string.IsNullOrEmpty(text) ? null : _protector.Protect(text);

    /// <exception cref="SecretUnreadableException">The key that it was encrypted with is gone.</exception>
    public string? Unprotect(string? protectedText)
    {
        if (protectedText is null)
        {
            return null;
        }

        try
        {
            return _protector.Unprotect(protectedText);
        }
        catch (CryptographicException exception)
        {
            throw new SecretUnreadableException(exception);
        }
    }

    /// <summary>The URI and the variables as far as they can be read.</summary>
    /// <param name="database">Whose; null has none.</param>
    /// <param name="areLost">Whether something is stored that can no longer be decrypted.</param>
    public (string? Uri, Dictionary<string, string> Variables) TryUnprotect(CustomDatabase? database, out bool areLost)
    {
        try
        {
            areLost = false;
            return (Unprotect(database?.ProtectedUri), UnprotectVariables(database?.ProtectedVariables));
        }
        catch (SecretUnreadableException)
        {
            areLost = true;
            return (null, []);
        }
    }

    public string? ProtectVariables(IReadOnlyDictionary<string, string> variables) =>
        variables.Count == 0 ? null : Protect(JsonSerializer.Serialize(variables));

    public Dictionary<string, string> UnprotectVariables(string? protectedText) =>
        Unprotect(protectedText) is { } json ? JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [] : [];
}

/// <summary>A stored secret cannot be read: the data-protection keys are not the ones it was written with.</summary>
public sealed class SecretUnreadableException(Exception inner) : Exception(
    "The secrets of the custom database cannot be decrypted: the data-protection keys they were written with are missing. Restore the keys, or enter the secrets again.",
    inner);
