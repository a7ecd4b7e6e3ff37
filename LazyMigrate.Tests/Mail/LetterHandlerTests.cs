using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using LazyMigrate.Core.Mail;
using LazyMigrate.Core.Outbox;
using LazyMigrate.Tests.TestServices;
using Microsoft.Extensions.Options;

namespace LazyMigrate.Tests.Mail;

public sealed class LetterHandlerTests
{
    private static readonly Letter s_letter = new("anna@example.org", "Grüße & <more>", [".A line that begins with a dot."], "Why: <this>")
    {
        LinkText = "Go",
        Link = "https://login.example.org/?a=1&b=2",
    };

    [Fact]
    public async Task Handle_MailServerGetsTextAndHtml()
    {
        await using var server = TestMailServer.Start();

        Assert.IsType<OutboxResult.Done>(await HandleAsync(Options(server.Port)));

        var mail = Assert.Single(server.Mails);
        Assert.Equal(("login@example.org", "anna@example.org", "Grüße & <more>"), (mail.From.ToString(), mail.To.ToString(), mail.Subject));
        Assert.Equal(".A line that begins with a dot.\n\nGo:\nhttps://login.example.org/?a=1&b=2\n\nWhy: <this>\n", mail.TextBody!.ReplaceLineEndings("\n"));
        Assert.Contains("<a href=\"https://login.example.org/?a=1&amp;b=2\">Go</a>", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("Why: &lt;this&gt;", mail.HtmlBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("550 No such mailbox anna@example.org", typeof(OutboxResult.Hopeless), "The mail server refuses the recipient (SMTP 550).")]
    [InlineData("450 Busy anna@example.org", typeof(OutboxResult.Postponed), "The mail server answered with SMTP 450 (RecipientNotAccepted).")]
    public async Task Handle_RecipientIsRefused_ForeverOrForNow(string reply, Type type, string reason)
    {
        await using var server = TestMailServer.Start();
        server.RecipientReply = reply;

        var result = await HandleAsync(Options(server.Port));

        Assert.IsType(type, result);
        Assert.Equal(reason, (result as OutboxResult.Hopeless)?.Reason ?? (result as OutboxResult.Postponed)?.Reason);
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task Handle_NobodyListensOrNoTls_IsPostponed()
    {
        int closed;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            closed = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        Assert.IsType<OutboxResult.Postponed>(await HandleAsync(Options(closed)));

        // A server that cannot encrypt gets no mail where it has to be encrypted.
        await using var server = TestMailServer.Start();
        var options = Options(server.Port);
        options.Security = MailSecurity.StartTls;
        Assert.IsType<OutboxResult.Postponed>(await HandleAsync(options));
        Assert.Empty(server.Mails);
    }

    [Fact]
    public void FindProblems_NamesEachKey()
    {
        Assert.Empty(new MailOptions().FindProblems());
        Assert.Empty(Options(25).FindProblems());
        Assert.StartsWith("LazyMigrate:Mail:Host is missing", Assert.Single(new MailOptions { From = "a@b.example" }.FindProblems()), StringComparison.Ordinal);
        var problems = new MailOptions { Host = "smtp://x:25", Port = 0, From = "nobody", User = "me", Security = MailSecurity.None }.FindProblems().ToList();
        Assert.Equal(
            ["LazyMigrate:Mail:Host", "LazyMigrate:Mail:Port", "LazyMigrate:Mail:From", "LazyMigrate:Mail:User", "LazyMigrate:Mail:Security"],
            problems.Select(problem => problem.Split(' ')[0]));
    }

    private static MailOptions Options(int port) => new() { Host = "127.0.0.1", Port = port, From = "login@example.org", Security = MailSecurity.None };

    private static Task<OutboxResult> HandleAsync(MailOptions options) =>
        new LetterHandler(Microsoft.Extensions.Options.Options.Create(options)).HandleAsync(JsonSerializer.Serialize(s_letter), CancellationToken.None);
}
