using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace LazyMigrate.Tests.TestServices;

/// <summary>What is wrong with the way to a server.</summary>
public enum NetworkFault
{
    /// <summary>Nothing: every byte goes through.</summary>
    None,

    /// <summary>Nobody listens: a connection is refused.</summary>
    Refuse,

    /// <summary>Connections are taken, and nothing is ever answered.</summary>
    BlackHole,

    /// <summary>The connection is reset in the middle of the server's answer.</summary>
    Reset,

    /// <summary>Every piece of the server's answer comes half a minute late.</summary>
    Slow,

    /// <summary>Every second byte of the server's answer is lost.</summary>
    HalfLost,

    /// <summary>What the server answers waits until the fault is another one, and then goes through.</summary>
    Hold,
}

/// <summary>A TCP proxy on loopback in front of a real server, with the faults that networks and databases have. They hit open connections, too.</summary>
internal sealed class FaultyProxy : IAsyncDisposable
{
    // The greeting of any database is longer.
    private const int BytesBeforeReset = 6;

    private static readonly TimeSpan s_slowness = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _ended = new();
    private readonly ConcurrentDictionary<Socket, bool> _sockets = new();
    private readonly Lock _lock = new();
    private Socket _listener;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private NetworkFault _fault;
    private int _connections;

    /// <param name="serverPort">As <see cref="ServerPort"/>.</param>
    public FaultyProxy(int serverPort)
    {
        ServerPort = serverPort;
        _listener = Bind(0);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        Listen();
    }

    public int Port { get; }

    /// <summary>Where connections go that are made from now on, on loopback.</summary>
    public int ServerPort { get; set; }

    /// <summary>How many connections it has taken.</summary>
    public int Connections => _connections;

    public NetworkFault Fault
    {
        get => _fault;
        set
        {
            lock (_lock)
            {
                if ((value == NetworkFault.Refuse) != (_fault == NetworkFault.Refuse))
                {
                    // Bound, but not listening, the port stays this test's and refuses.
                    _listener.Dispose();
                    _listener = Bind(Port);
                    if (value != NetworkFault.Refuse)
                    {
                        Listen();
                    }
                }

                _fault = value;
                Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
            }

            if (value == NetworkFault.Refuse)
            {
                Cut();
            }
        }
    }

    /// <summary>Resets all open connections.</summary>
    public void Cut()
    {
        foreach (var socket in _sockets.Keys)
        {
            Reset(socket);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Dispose();
        Cut();
        _ended.Dispose();
    }

    private static Socket Bind(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, optionValue: true);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It has ended by itself.
        }

        socket.Dispose();
    }

    private void Listen()
    {
        _listener.Listen();
        _ = AcceptAsync(_listener);
    }

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptAsync(_ended.Token);
                Interlocked.Increment(ref _connections);
                _ = ServeAsync(client);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Closed.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _sockets[client] = true;
        _sockets[server] = true;
        try
        {
            await WaitWhileAsync(NetworkFault.BlackHole);
            await server.ConnectAsync(IPAddress.Loopback, ServerPort, _ended.Token);
            await Task.WhenAny(CopyAsync(client, server), AnswerAsync(server, client)).Unwrap();
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Either side has ended, or was cut.
        }
        finally
        {
            _sockets.TryRemove(client, out _);
            _sockets.TryRemove(server, out _);
            client.Dispose();
        }
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[8192];
        while (await from.ReceiveAsync(buffer, _ended.Token) is > 0 and var length)
        {
            await to.SendAsync(buffer.AsMemory(0, length), _ended.Token);
        }
    }

    private async Task AnswerAsync(Socket server, Socket client)
    {
        var buffer = new byte[8192];
        while (await server.ReceiveAsync(buffer, _ended.Token) is > 0 and var length)
        {
            await WaitWhileAsync(NetworkFault.BlackHole);
            await WaitWhileAsync(NetworkFault.Hold);
            switch (_fault)
            {
                case NetworkFault.Reset:
                    await client.SendAsync(buffer.AsMemory(0, Math.Min(length, BytesBeforeReset)), _ended.Token);
                    Reset(client);
                    return;
                case NetworkFault.Slow:
                    await Task.Delay(s_slowness, _ended.Token);
                    break;
                case NetworkFault.HalfLost:
                    for (var i = 0; 2 * i < length; i++)
                    {
                        buffer[i] = buffer[2 * i];
                    }

                    length = (length + 1) / 2;
                    break;
            }

            await client.SendAsync(buffer.AsMemory(0, length), _ended.Token);
        }
    }

    private async Task WaitWhileAsync(NetworkFault fault)
    {
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task;
            if (_fault != fault)
            {
                return;
            }

            await changed.WaitAsync(_ended.Token);
        }
    }
}
