using LazyMigrate.Core.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LazyMigrate.Tests.TestServices;

/// <summary>LazyMigrate's own database on SQLite with the current schema and nothing in it, made once a run: tests begin with a copy.</summary>
internal static class MigratedFile
{
    private static readonly Lazy<Task<byte[]>> s_content = new(MakeAsync);

    /// <summary>Puts a copy where the server looks for its embedded database.</summary>
    /// <param name="dataFolder">The data folder; made if it is not there.</param>
    public static async Task CopyToAsync(string dataFolder)
    {
        Directory.CreateDirectory(dataFolder);
        await File.WriteAllBytesAsync(Path.Combine(dataFolder, "lazymigrate.db"), await s_content.Value);
    }

    private static async Task<byte[]> MakeAsync()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "lazymigrate.db");
        // Without a pool the last connection takes the write-ahead log into the file as it closes.
        var options = new DbContextOptionsBuilder<SqliteAppDbContext>()
            .UseSqlite(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString())
            .Options;
        await using (var context = new SqliteAppDbContext(options))
        {
            await context.Database.MigrateAsync();
        }

        return await File.ReadAllBytesAsync(path);
    }
}
