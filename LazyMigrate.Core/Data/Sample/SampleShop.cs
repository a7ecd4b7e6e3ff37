using Microsoft.Data.Sqlite;

namespace LazyMigrate.Core.Data.Sample;

/// <summary>The legacy database of a small shop, as one SQLite file, to try the product with.</summary>
internal static class SampleShop
{
    public const string FileName = "sample-shop.db";

    // The least that bcrypt has: 500 hashes at its usual 10 would take half a minute of processor time, and these protect nobody.
    private const int BcryptCost = 4;

    private const string TemporaryEnding = ".new";

    /// <summary>Writes the file whole: it is there with everybody in it, or not at all.</summary>
    /// <param name="folder">Made if it is missing.</param>
    /// <param name="cancellationToken">Gives up; nothing remains.</param>
    public static async Task WriteAsync(string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, FileName);
        var temporary = Path.Combine(folder, $"{FileName}.{Guid.NewGuid():N}{TemporaryEnding}");
        try
        {
            // Off the caller's thread: that may be a circuit of the console.
            var hashes = await Task.Run(() => HashPasswords(cancellationToken), cancellationToken);
            await FillAsync(temporary, hashes, cancellationToken);
            ReleaseConnections();
            DeleteSideFiles(file);
            File.Move(temporary, file, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
            DeleteSideFiles(temporary);
        }
    }

    /// <summary>Removes the file, what SQLite put beside it, and what a crash while writing left.</summary>
    public static void Delete(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        ReleaseConnections();
        File.Delete(Path.Combine(folder, FileName));
        DeleteSideFiles(Path.Combine(folder, FileName));
        foreach (var temporary in Directory.EnumerateFiles(folder, $"{FileName}.*{TemporaryEnding}*"))
        {
            File.Delete(temporary);
        }
    }

    // A pooled connection of a script module would go on reading the old file or, on Windows, keep it from being replaced.
    private static void ReleaseConnections() => SqliteConnection.ClearAllPools();

    private static void DeleteSideFiles(string file)
    {
        foreach (var ending in (string[])["-wal", "-shm", "-journal"])
        {
            File.Delete(file + ending);
        }
    }

    private static string[] HashPasswords(CancellationToken cancellationToken)
    {
        var hashes = new string[SamplePerson.Count];
        Parallel.For(
            0,
            hashes.Length,
            new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount },
            index => hashes[index] = BCrypt.Net.BCrypt.HashPassword(SamplePerson.All[index].Password, BcryptCost));
        return hashes;
    }

    private static async Task FillAsync(string file, string[] hashes, CancellationToken cancellationToken)
    {
        var connectionString = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString();
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync(cancellationToken);
        await using (var create = connection.CreateCommand())
        {
            create.Transaction = transaction;
            create.CommandText = """
                CREATE TABLE customers (
                    id             INTEGER PRIMARY KEY,
                    full_name      TEXT    NOT NULL,
                    email          TEXT    UNIQUE,               -- lower case
                    phone          TEXT    UNIQUE,               -- E.164
                    username       TEXT    UNIQUE,               -- lower case, NFKC
                    password_hash  TEXT    NOT NULL,             -- bcrypt
                    is_blocked     INTEGER NOT NULL DEFAULT 0,
                    email_verified INTEGER NOT NULL DEFAULT 0,
                    created_at     TEXT    NOT NULL              -- ISO 8601, UTC
                );
                """;
            await create.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = """
            INSERT INTO customers (id, full_name, email, phone, username, password_hash, is_blocked, email_verified, created_at)
            VALUES ($id, $name, $email, $phone, $username, $hash, $blocked, $verified, $created)
            """;
        foreach (var person in SamplePerson.All)
        {
            insert.Parameters.Clear();
            insert.Parameters.AddWithValue("$id", person.Id);
            insert.Parameters.AddWithValue("$name", person.FullName);
            insert.Parameters.AddWithValue("$email", (object?)person.Email ?? DBNull.Value);
            insert.Parameters.AddWithValue("$phone", (object?)person.Phone ?? DBNull.Value);
            insert.Parameters.AddWithValue("$username", (object?)person.UserName ?? DBNull.Value);
            insert.Parameters.AddWithValue("$hash", hashes[person.Id - 1]);
            insert.Parameters.AddWithValue("$blocked", person.IsBlocked);
            insert.Parameters.AddWithValue("$verified", person.IsEmailVerified);
            insert.Parameters.AddWithValue("$created", person.CreatedAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }
}
