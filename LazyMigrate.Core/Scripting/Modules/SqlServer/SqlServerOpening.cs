using System.Net.Sockets;
using Microsoft.Data.SqlClient;

namespace LazyMigrate.Core.Scripting.Modules.SqlServer;

/// <summary>Opens connections, and says at once where nothing can be reached.</summary>
internal static class SqlServerOpening
{
    // Longer than a pooled connection takes; only then is the network looked at beside the driver.
    private static readonly TimeSpan s_usual = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Opens a connection. SqlClient tries a refused connection and an unknown name again and again until its time is up, and on
    /// Linux then tells a socket error without a code: so a socket of our own asks, when opening takes longer than usual.
    /// </summary>
    public static async Task OpenAsync(SqlConnection connection, SqlServerTarget target, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        // On a thread of its own: in place of a dead connection of its pool, OpenAsync makes another one without leaving the caller's thread.
        var opening = Task.Run(() => connection.OpenAsync(SqlConnectionOverrides.OpenWithoutRetry, stop.Token), CancellationToken.None);
        if (await Task.WhenAny(opening, Task.Delay(s_usual, cancellationToken)).ConfigureAwait(false) != opening)
        {
            var reaching = ReachAsync(target, stop.Token);
            if (await Task.WhenAny(opening, reaching).ConfigureAwait(false) == reaching && reaching.IsFaulted)
            {
                _ = opening.ContinueWith(static task => _ = task.Exception, TaskScheduler.Default);
                await stop.CancelAsync().ConfigureAwait(false);
                await reaching.ConfigureAwait(false);
            }

            _ = reaching.ContinueWith(static task => _ = task.Exception, TaskScheduler.Default);
        }

        try
        {
            await opening.ConfigureAwait(false);
        }
        catch (SqlException exception) when (exception.InnerException is SocketException { SocketErrorCode: SocketError.Success })
        {
            await ReachAsync(target, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private static async Task ReachAsync(SqlServerTarget target, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(target.Host, target.Port, cancellationToken).ConfigureAwait(false);
    }
}
