using System.Data.Common;
using Microsoft.Data.SqlClient;
using MySqlConnector;
using Npgsql;

namespace LazyMigrate.Core.Scripting.Modules;

/// <summary>Ends a statement whose further rows nobody wants.</summary>
internal static class AbandonedStatement
{
    /// <summary>How long the asking may take: a server that does not answer by then is not waited for.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>Asks the server to stop, and closes the reader.</summary>
    /// <remarks>
    /// A reader that is only closed reads to the end of its result, be it a million rows. A statement that writes may be rolled
    /// back by being stopped (docs/scripts.md, "Limits").
    /// </remarks>
    public static async Task EndAsync(DbCommand command, DbDataReader reader)
    {
        // The drivers ask by a connection of their own, and block for it.
        var asking = Task.Run(command.Cancel);
        try
        {
            await asking.WaitAsync(s_patience).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsDrivers(exception))
        {
            // Not asked, so closing the reader reads to the end of the result, or to the command's own time limit.
            if (!asking.IsCompleted)
            {
                // What is asked late would stop whatever the connection is used for by then: its pool must not give it to anybody.
                _ = asking.ContinueWith(static task => _ = task.Exception, TaskScheduler.Default);
                Retire(command.Connection);
            }
        }

        try
        {
            await reader.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (IsDrivers(exception))
        {
            // What the server says to being stopped. A connection that it has closed is not used again by its pool.
        }
    }

    /// <summary>Has the pool close the connections that it has given out, this one among them, when they come back.</summary>
    private static void Retire(DbConnection? connection)
    {
        switch (connection)
        {
            case NpgsqlConnection postgres:
                NpgsqlConnection.ClearPool(postgres);
                break;
            case MySqlConnection mySql:
                MySqlConnection.ClearPool(mySql);
                break;
            case SqlConnection sqlServer:
                SqlConnection.ClearPool(sqlServer);
                break;
        }
    }

    private static bool IsDrivers(Exception exception) =>
        exception is DbException or InvalidOperationException or IOException or TimeoutException or OperationCanceledException or System.Net.Sockets.SocketException;
}
