using LazyMigrate.Core.Mail;
using LazyMigrate.Core.UserMigration;
using Microsoft.Extensions.Options;

namespace LazyMigrate.Web.Configuration;

internal static class MailExtensions
{
    /// <summary>Mail, where a server for it is configured, and what depends on it.</summary>
    public static void AddMail(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<RegistrationOptions>(builder.Configuration.GetSection(RegistrationOptions.Section));
        builder.Services.Configure<MailOptions>(builder.Configuration.GetSection(MailOptions.Section));
        builder.Services.AddOptions<MailOptions>().Configure<IOptions<LazyMigrateOptions>>((mail, options) => mail.PublicOrigin = options.Value.PublicOrigin);
    }

    /// <summary>What is wrong with the settings of mail, and with those that need it.</summary>
    public static IEnumerable<string> FindProblems(MailOptions mail, RegistrationOptions registration, string? publicOrigin)
    {
        foreach (var problem in mail.FindProblems())
        {
            yield return problem;
        }

        if (string.IsNullOrEmpty(publicOrigin))
        {
            if (mail.IsConfigured)
            {
                yield return "LazyMigrate:PublicOrigin is missing: links in mails begin with it. Give the address that browsers reach this server by, for example https://login.example.org.";
            }
        }
        else if (!Uri.TryCreate(publicOrigin, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http") || uri.PathAndQuery != "/" || uri.Fragment.Length > 0 || uri.UserInfo.Length > 0)
        {
            yield return "LazyMigrate:PublicOrigin is not an address without a path, for example https://login.example.org.";
        }

        if (registration.NeutralAnswers && !mail.IsConfigured)
        {
            yield return $"{RegistrationOptions.Section}:NeutralAnswers needs mail: what the page does not say, the mail does. Configure {MailOptions.Section}, or leave it off.";
        }
    }
}
