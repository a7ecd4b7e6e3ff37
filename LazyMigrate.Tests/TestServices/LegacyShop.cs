using Microsoft.Data.Sqlite;

namespace LazyMigrate.Tests.TestServices;

/// <summary>A customer of the sample shop, as the file has it.</summary>
public sealed record LegacyCustomer(
    long Id,
    string FullName,
    string? Email,
    string? Phone,
    string? UserName,
    string PasswordHash,
    bool IsBlocked,
    bool IsEmailVerified,
    string CreatedAt);

/// <summary>Reads the sample shop as another program would.</summary>
public static class LegacyShop
{
    public static async Task<IReadOnlyList<LegacyCustomer>> ReadAsync(string folder)
    {
        var file = Path.Combine(folder, "sample-shop.db");
        await using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT id, full_name, email, phone, username, password_hash, is_blocked, email_verified, created_at FROM customers ORDER BY id";
        await using var reader = await command.ExecuteReaderAsync();
        var customers = new List<LegacyCustomer>();
        while (await reader.ReadAsync())
        {
            customers.Add(new LegacyCustomer(
                reader.GetInt64(0),
                reader.GetString(1),
                reader.IsDBNull(2) ? null : reader.GetString(2),
                reader.IsDBNull(3) ? null : reader.GetString(3),
                reader.IsDBNull(4) ? null : reader.GetString(4),
                reader.GetString(5),
                reader.GetBoolean(6),
                reader.GetBoolean(7),
                reader.GetString(8)));
        }

        return customers;
    }
}
