using System.Collections.Concurrent;
using System.Text.Json;
using LazyMigrate.Core.Mail;
using LazyMigrate.Core.Outbox;
using Microsoft.Extensions.DependencyInjection;

namespace LazyMigrate.Tests.TestServices;

/// <summary>Takes the mails of a test in place of the handler that hands them to a server.</summary>
public sealed class TestMailbox : IOutboxHandler
{
    private readonly ConcurrentQueue<Letter> _letters = new();

    public string Kind => LetterHandler.MessageKind;

    public int Attempts => 1;

    public IReadOnlyList<Letter> Letters => [.. _letters];

    public void AddTo(IServiceCollection services)
    {
        services.Remove(services.Single(service => service.ImplementationType == typeof(LetterHandler)));
        services.AddScoped<IOutboxHandler>(_ => this);
        services.Configure<MailOptions>(mail =>
        {
            mail.Host = "mail.example.org";
            mail.From = "login@example.org";
            mail.PublicOrigin = "https://login.example.org";
        });
    }

    public Task<OutboxResult> HandleAsync(string payload, CancellationToken cancellationToken)
    {
        _letters.Enqueue(JsonSerializer.Deserialize<Letter>(payload)!);
        return Task.FromResult<OutboxResult>(new OutboxResult.Done());
    }
}
