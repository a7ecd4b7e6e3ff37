using System.Text.Json;
using LazyMigrate.Core.Outbox;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace LazyMigrate.Core.Mail;

/// <summary>Hands mail to the SMTP server.</summary>
public sealed class LetterHandler(IOptions<MailOptions> options) : IOutboxHandler
{
    public const string MessageKind = "mail";

    private static readonly TimeSpan s_longestAnswer = TimeSpan.FromSeconds(30);

    public string Kind => MessageKind;

    /// <summary>Over about eleven hours; after that nobody waits for the mail any more.</summary>
    public int Attempts => 12;

    /// <summary>What is enqueued for a mail. Whom it is for is not noted: the activity must not tell who has an account.</summary>
    public static OutboxMessage MessageFor(OutboxWriter outbox, Letter letter) => outbox.Create(MessageKind, letter);

    public async Task<OutboxResult> HandleAsync(string payload, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        if (!settings.IsConfigured)
        {
            return new OutboxResult.Hopeless("No mail server is configured any more.");
        }

        var letter = JsonSerializer.Deserialize<Letter>(payload)!;
        using var mail = Compose(letter, settings);
        using var client = new SmtpClient { Timeout = (int)s_longestAnswer.TotalMilliseconds };
        try
        {
            await client.ConnectAsync(settings.Host!, settings.Port, OptionsFor(settings.Security), cancellationToken);
            if (!string.IsNullOrEmpty(settings.User))
            {
                await client.AuthenticateAsync(settings.User, settings.Password!, cancellationToken);
            }

            await client.SendAsync(mail, cancellationToken);
        }
        catch (SmtpCommandException exception) when (exception.ErrorCode == SmtpErrorCode.RecipientNotAccepted && (int)exception.StatusCode is >= 500 and < 600)
        {
            // RFC 5321, 4.2.1: a reply of the class 5 is not to be tried again as it is.
            return new OutboxResult.Hopeless($"The mail server refuses the recipient (SMTP {(int)exception.StatusCode}).");
        }
        catch (SmtpCommandException exception)
        {
            // The server's own words may quote the address.
            return new OutboxResult.Postponed($"The mail server answered with SMTP {(int)exception.StatusCode} ({exception.ErrorCode}).");
        }
        catch (AuthenticationException)
        {
            return new OutboxResult.Postponed("The mail server refuses the user name or the password of LazyMigrate:Mail.");
        }
        catch (SslHandshakeException)
        {
            return new OutboxResult.Postponed("No encrypted connection to the mail server can be made: its certificate or its protocol will not do.");
        }
        catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException or MailKit.ProtocolException or NotSupportedException or TimeoutException)
        {
            return new OutboxResult.Postponed($"The mail server cannot be talked to ({exception.GetType().Name}).");
        }

        // It has the mail: an error while saying good-bye must not send it twice.
        try
        {
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or MailKit.ProtocolException or OperationCanceledException)
        {
            return new OutboxResult.Done();
        }

        return new OutboxResult.Done();
    }

    private static MimeMessage Compose(Letter letter, MailOptions settings)
    {
        var mail = new MimeMessage { Subject = letter.Subject, Body = new BodyBuilder { TextBody = letter.ToText(), HtmlBody = letter.ToHtml() }.ToMessageBody() };
        mail.From.Add(MailboxAddress.Parse(settings.From!));
        mail.To.Add(new MailboxAddress(null, letter.To));

        // RFC 3834: holiday notes and lists are not to answer.
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        return mail;
    }

    private static SecureSocketOptions OptionsFor(MailSecurity security) => security switch
    {
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.None,
    };
}
