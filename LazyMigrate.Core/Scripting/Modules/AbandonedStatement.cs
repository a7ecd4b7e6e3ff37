using System.Data.Common;

namespace LazyMigrate.Core.Scripting.Modules;

/// <summary>Ends a statement whose further rows nobody wants.</summary>
internal static class AbandonedStatement
{
    /// <summary>Asks the server to stop, and closes the reader.</summary>
    /// <remarks>A reader that is only closed reads to the end of its result, be it a million rows.</remarks>
    public static async Task EndAsync(DbCommand command, DbDataReader reader)
    {
        try
        {
            // The drivers ask by a connection of their own, and block for it.
            await Task.Run(command.Cancel).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsDrivers(exception))
        {
            // Not asked, so it is read to its end, until the run's time is over.
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

    private static bool IsDrivers(Exception exception) =>
        exception is DbException or InvalidOperationException or IOException or TimeoutException or OperationCanceledException or System.Net.Sockets.SocketException;
}
