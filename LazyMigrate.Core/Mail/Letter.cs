using System.Net;
using System.Text;

namespace LazyMigrate.Core.Mail;

/// <summary>A mail as it is written: a greeting, a few sentences, at most one link, and why it came.</summary>
/// <param name="To">The address.</param>
/// <param name="Subject">The subject; never a code or a link.</param>
/// <param name="Sentences">Paragraphs above the link.</param>
/// <param name="Reason">The last paragraph: why this came, and what to do if one did not ask for it.</param>
public sealed record Letter(string To, string Subject, IReadOnlyList<string> Sentences, string Reason)
{
    /// <summary>What the link reads as.</summary>
    public string? LinkText { get; init; }

    /// <summary>Where it leads.</summary>
    public string? Link { get; init; }

    /// <summary>The mail for programs that show text only.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        foreach (var sentence in Sentences)
        {
            text.Append(sentence).Append("\n\n");
        }

        if (Link is not null)
        {
            text.Append(LinkText).Append(":\n").Append(Link).Append("\n\n");
        }

        return text.Append(Reason).Append('\n').ToString();
    }

    /// <summary>The mail as HTML, without pictures or anything to load.</summary>
    public string ToHtml()
    {
        var html = new StringBuilder("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
            .Append(WebUtility.HtmlEncode(Subject))
            .Append("</title></head><body style=\"font-family:sans-serif;font-size:16px;line-height:1.5;max-width:36em\">");
        foreach (var sentence in Sentences)
        {
            html.Append("<p>").Append(WebUtility.HtmlEncode(sentence)).Append("</p>");
        }

        if (Link is not null)
        {
            html.Append("<p><a href=\"").Append(WebUtility.HtmlEncode(Link)).Append("\">").Append(WebUtility.HtmlEncode(LinkText)).Append("</a></p>");
        }

        return html.Append("<p style=\"font-size:14px\">").Append(WebUtility.HtmlEncode(Reason)).Append("</p></body></html>").ToString();
    }
}
