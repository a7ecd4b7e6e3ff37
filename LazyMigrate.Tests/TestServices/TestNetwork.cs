using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using LazyMigrate.Core.Scripting.Modules.Http;

namespace LazyMigrate.Tests.TestServices;

/// <summary>A network with names of its own. Every address that is reached is in truth the one server of the test.</summary>
internal sealed class TestNetwork : IOutboundNetwork
{
    private readonly ConcurrentDictionary<string, Queue<IPAddress[]>> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<string> _connected = new();

    /// <summary>The port of the test's server on loopback.</summary>
    public int ServerPort { get; set; }

    /// <summary>Each connection, as <c>address:port</c>.</summary>
    public IReadOnlyCollection<string> Connected => _connected;

    /// <summary>What a name resolves to: the first list at the first question, and so on; the last one for ever.</summary>
    public void Name(string host, params string[] answers) =>
        _names[host] = new Queue<IPAddress[]>(answers.Select(answer => answer.Split(' ').Select(IPAddress.Parse).ToArray()));

    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (!_names.TryGetValue(host, out var answers))
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        lock (answers)
        {
            return Task.FromResult(answers.Count > 1 ? answers.Dequeue() : answers.Peek());
        }
    }

    public async Task<Stream> ConnectAsync(IPAddress address, int port, CancellationToken cancellationToken)
    {
        _connected.Enqueue(new IPEndPoint(address, port).ToString());
        return await new SystemNetwork().ConnectAsync(IPAddress.Loopback, ServerPort, cancellationToken);
    }
}
