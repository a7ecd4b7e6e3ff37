using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LazyMigrate.Core.Data;

/// <summary>Recognises that a row was refused because what it names is gone.</summary>
internal static class ForeignKeyViolation
{
    // https://www.sqlite.org/rescode.html#constraint_foreignkey
    private const int SqliteConstraintForeignKey = 787;

    /// <summary>Also as it comes from statements that no save has wrapped.</summary>
    public static bool Is(Exception? exception) => exception switch
    {
        DbUpdateException { InnerException: { } inner } => Is(inner),
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode == SqliteConstraintForeignKey,
        PostgresException postgres => postgres.SqlState == PostgresErrorCodes.ForeignKeyViolation,
        _ => false,
    };
}
