using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LazyMigrate.Tests.TestServices.Tds;

/// <summary>
/// A stand-in for SQL Server, which cannot be had here: it speaks TDS 7.4 well enough for Microsoft.Data.SqlClient and for the npm
/// packages tedious and mssql, and answers from SQLite. It proves what goes over the wire, not what SQL Server makes of a
/// statement. With <c>LAZYMIGRATE_TEST_SQLSERVER</c> (a connection string) tests that can run on a real server do.
/// </summary>
internal sealed class TdsStandIn : IAsyncDisposable
{
    public const string Username = "lazymigrate";
    public const string Password = "p@ss;word'/1";

    /// <summary>The databases that a client may name; they all are the same one.</summary>
    public static readonly IReadOnlyList<string> Databases = ["master", "shop"];

    private readonly CancellationTokenSource _stopped = new();
    private readonly ConcurrentDictionary<int, TcpClient> _clients = new();
    private readonly ConcurrentBag<Task> _serving = [];
    private readonly ConcurrentQueue<string> _seen = new();
    private TcpListener? _listener;
    private Task _accepting = Task.CompletedTask;
    private int _sessions;
    private int _resets;
    private int _leftTransactions;
    private int _lastClient;

    public TdsDatabase Database { get; } = new();

    public int Port { get; private set; }

    public string HostAndPort => $"127.0.0.1:{Port}";

    /// <summary>Set to offer TLS.</summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Log-ins, batches and calls, in the order they came; never a value of a parameter.</summary>
    public IReadOnlyCollection<string> Seen => _seen;

    /// <summary>Sessions that are open.</summary>
    public int Sessions => Volatile.Read(ref _sessions);

    /// <summary>How often a pool had a session reset.</summary>
    public int Resets => Volatile.Read(ref _resets);

    /// <summary>Transactions that a reset or a closed socket ended.</summary>
    public int LeftTransactions => Volatile.Read(ref _leftTransactions);

    public string ConnectionUri => $"mssql://{Username}:{Uri.EscapeDataString(Password)}@{HostAndPort}/shop?encrypt=false";

    public static TdsStandIn Start()
    {
        var server = new TdsStandIn();
        server.Listen();
        return server;
    }

    /// <summary>A self-signed certificate for the loopback address.</summary>
    public static X509Certificate2 CreateCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>Listens, again on the same port after <see cref="StopAsync"/>.</summary>
    public void Listen()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync(_listener);
    }

    /// <summary>Cuts every client off, as a restart of the server would.</summary>
    public async Task StopAsync()
    {
        _listener?.Stop();
        await _accepting;
        foreach (var client in _clients.Values)
        {
            client.Close();
        }

        await Task.WhenAll(_serving);
    }

    public void Note(string text) => _seen.Enqueue(text);

    public void SessionOpened() => Interlocked.Increment(ref _sessions);

    public void SessionClosed(bool isInTransaction)
    {
        Interlocked.Decrement(ref _sessions);
        CountLeft(isInTransaction);
    }

    public void SessionReset(bool isInTransaction)
    {
        Interlocked.Increment(ref _resets);
        CountLeft(isInTransaction);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        await StopAsync();
        Database.Dispose();
        Certificate?.Dispose();
        _stopped.Dispose();
    }

    private void CountLeft(bool isInTransaction)
    {
        if (isInTransaction)
        {
            Interlocked.Increment(ref _leftTransactions);
        }
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(_stopped.Token);
                _serving.Add(ServeAsync(client));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        var id = Interlocked.Increment(ref _lastClient);
        _clients[id] = client;
        try
        {
            client.NoDelay = true;
            await using var stream = client.GetStream();
            await new TdsConnection(this, stream).ServeAsync(_stopped.Token);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // The client has gone, or did not trust us.
        }
        catch (Exception exception)
        {
            Note($"failed: {exception}");
        }
        finally
        {
            _clients.TryRemove(id, out _);
            client.Dispose();
        }
    }
}
