using System.Data.Common;
using LazyMigrate.Core.CustomDatabases;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace LazyMigrate.Web.Components.Admin;

/// <summary>A page of the console: it knows who looks at it, and its work ends when they leave.</summary>
public abstract class ConsolePage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _leaving = new();

    [CascadingParameter]
    protected Task<AuthenticationState> Authentication { get; set; } = default!;

    [CascadingParameter]
    protected ConsoleView View { get; set; } = ConsoleView.Unknown;

    /// <summary>Canceled when the page is left or the circuit ends.</summary>
    protected CancellationToken Leaving => _leaving.Token;

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>What a page says when its data cannot be read; null for exceptions that are bugs, which the layout's error page shows.</summary>
    internal static string? FailureSentence(Exception exception) => exception switch
    {
        SecretUnreadableException => exception.Message,
        DbException or TimeoutException => "LazyMigrate's own database did not answer. Log-ins are affected as well: look at the server's log.",
        { InnerException: DbException or TimeoutException } => "LazyMigrate's own database did not answer. Log-ins are affected as well: look at the server's log.",
        _ => null,
    };
}
