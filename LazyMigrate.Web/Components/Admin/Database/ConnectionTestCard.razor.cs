using System.Globalization;
using LazyMigrate.Core.CustomDatabases;
using LazyMigrate.Core.Scripting;
using Microsoft.AspNetCore.Components;

namespace LazyMigrate.Web.Components.Admin.Database;

/// <summary>Tries the connection as typed, saved or not.</summary>
public sealed partial class ConnectionTestCard(CustomDatabaseManager databases, ILegacyConnectionTester tester) : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private LegacyConnectionTest? _result;
    private string? _problem;
    private bool _isTesting;

    [Parameter, EditorRequired]
    public CustomDatabaseType Type { get; set; }

    /// <summary>The URI as typed, or null for the stored one.</summary>
    [Parameter, EditorRequired]
    public string? NewUri { get; set; }

    private LegacyStore? Store => DatabaseTypes.StoreOf(Type);

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    private static string Milliseconds(TimeSpan duration) => duration.TotalMilliseconds.ToString("0.#", CultureInfo.InvariantCulture);

    private async Task TestAsync()
    {
        _isTesting = true;
        _result = null;
        _problem = null;
        try
        {
            if (await databases.GetConnectionAsync(Type, NewUri, _leaving.Token) is { } connection)
            {
                _result = await tester.TestAsync(Store!.Value, connection.Uri, connection.Access, _leaving.Token);
            }
            else
            {
                _problem = "There is no address to test yet: type one.";
            }
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // The page was left.
        }
        catch (SecretUnreadableException exception)
        {
            _problem = exception.Message;
        }
        finally
        {
            _isTesting = false;
        }
    }
}
