using MimeKit;

namespace LazyMigrate.Core.Mail;

/// <summary>Section <c>LazyMigrate:Mail</c>: the server that takes mail from us. Without a host there is no mail, and what needs it is off.</summary>
public sealed class MailOptions
{
    public const string Section = "LazyMigrate:Mail";

    /// <summary>The SMTP server's name.</summary>
    public string? Host { get; set; }

    /// <summary>587 is the port for submission (RFC 6409); 465 is the one for <see cref="MailSecurity.Tls"/>.</summary>
    public int Port { get; set; } = 587;

    /// <summary>Whom to log in as; without one, nobody is.</summary>
    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>The sender, for example <c>LazyMigrate &lt;login@example.org&gt;</c>.</summary>
    public string? From { get; set; }

    /// <summary>Encrypted by default: mails hold links that let somebody in.</summary>
    public MailSecurity Security { get; set; } = MailSecurity.StartTls;

    /// <summary>How browsers reach this server, for example <c>https://login.example.org</c>: what links in mails begin with. Not of this section: the host sets it.</summary>
    public string? PublicOrigin { get; set; }

    public bool IsConfigured => !string.IsNullOrWhiteSpace(Host);

    /// <summary>What is wrong, each with its key and what to do.</summary>
    public IEnumerable<string> FindProblems()
    {
        if (!IsConfigured)
        {
            if (!string.IsNullOrEmpty(User) || !string.IsNullOrEmpty(Password) || !string.IsNullOrEmpty(From))
            {
                yield return $"{Section}:Host is missing, but other settings of mail are given. Give the name of the SMTP server.";
            }

            yield break;
        }

        if (Uri.CheckHostName(Host) == UriHostNameType.Unknown)
        {
            yield return $"{Section}:Host is not a host name. Give the name alone, for example mail.example.org; the port goes into {Section}:Port.";
        }

        if (Port is < 1 or > 65535)
        {
            yield return $"{Section}:Port is {Port}. Give 1 to 65535, usually 587, or 465 with {Section}:Security Tls.";
        }

        if (!MailboxAddress.TryParse(From ?? "", out var from) || !from.Address.Contains('@', StringComparison.Ordinal))
        {
            yield return $"{Section}:From is missing or not an address. Give one, for example login@example.org or Shop <login@example.org>.";
        }

        if (string.IsNullOrEmpty(User) != string.IsNullOrEmpty(Password))
        {
            yield return $"{Section}:User and {Section}:Password go together: give both or neither.";
        }

        if (!Enum.IsDefined(Security))
        {
            yield return $"{Section}:Security must be StartTls, Tls or None.";
        }
        else if (Security == MailSecurity.None && !string.IsNullOrEmpty(User))
        {
            yield return $"{Section}:Security is None, so {Section}:Password would travel readable. Use StartTls or Tls, or a server that needs no password.";
        }
    }
}

/// <summary>How the connection to the SMTP server is encrypted.</summary>
public enum MailSecurity
{
    /// <summary>Begun in the open, encrypted before anything is said; refused where the server cannot.</summary>
    StartTls,

    /// <summary>Encrypted from the first byte.</summary>
    Tls,

    /// <summary>Not at all: for a server on the same machine or in the same protected network.</summary>
    None,
}
