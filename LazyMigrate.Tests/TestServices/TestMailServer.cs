using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace LazyMigrate.Tests.TestServices;

/// <summary>A small SMTP server (RFC 5321) on a port of its own, which keeps what it is given. It stands in for a real one, over a real socket.</summary>
internal sealed class TestMailServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly TaskCompletionSource<MimeMessage> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<MimeMessage> _mails = new();
    private readonly Task _serving;

    private TestMailServer(int port)
    {
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Begins to listen.</summary>
    /// <param name="port">Any free one by default.</param>
    public static TestMailServer Start(int port = 0) => new(port);

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What it was given.</summary>
    public IReadOnlyList<MimeMessage> Mails => [.. _mails];

    /// <summary>Comes when the first mail does.</summary>
    public Task<MimeMessage> FirstMail => _first.Task;

    /// <summary>What it answers to <c>RCPT TO</c>.</summary>
    public string RecipientReply { get; set; } = "250 OK";

    /// <summary>Settings that lead to it.</summary>
    public Dictionary<string, string> Settings => new()
    {
        ["LazyMigrate:PublicOrigin"] = "https://login.example.org",
        ["LazyMigrate:Mail:Host"] = "127.0.0.1",
        ["LazyMigrate:Mail:Port"] = Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["LazyMigrate:Mail:From"] = "Shop <login@example.org>",
        ["LazyMigrate:Mail:Security"] = "None",
    };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var talks = new List<Task>();
        try
        {
            while (true)
            {
                talks.Add(TalkAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task TalkAsync(TcpClient connection)
    {
        using var _ = connection;
        await using var stream = connection.GetStream();
        using var reader = new StreamReader(stream, Encoding.Latin1);
        try
        {
            await ReplyAsync("220 test");
            while (await reader.ReadLineAsync(_stop.Token) is { } line)
            {
                switch (line.Split(' ', ':')[0].ToUpperInvariant())
                {
                    case "RCPT":
                        await ReplyAsync(RecipientReply);
                        break;
                    case "DATA":
                        await ReplyAsync("354 Go on");
                        var mail = await ReadMailAsync(reader);
                        _mails.Enqueue(mail);
                        _first.TrySetResult(mail);
                        await ReplyAsync("250 Taken");
                        break;
                    case "QUIT":
                        await ReplyAsync("221 Bye");
                        return;
                    default:
                        await ReplyAsync("250 OK");
                        break;
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The test is over, or the client has gone.
        }

        async Task ReplyAsync(string reply) => await stream.WriteAsync(Encoding.ASCII.GetBytes(reply + "\r\n"), _stop.Token);
    }

    private async Task<MimeMessage> ReadMailAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        while (true)
        {
            // A client that dies in between has sent nothing.
            var line = await reader.ReadLineAsync(_stop.Token) ?? throw new EndOfStreamException();
            if (line == ".")
            {
                break;
            }

            // RFC 5321, 4.5.2: a dot was put before each line that begins with one.
            text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        using var stream = new MemoryStream(Encoding.Latin1.GetBytes(text.ToString()));
        return await MimeMessage.LoadAsync(stream, _stop.Token);
    }
}
