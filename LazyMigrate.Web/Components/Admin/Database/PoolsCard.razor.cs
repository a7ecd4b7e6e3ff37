using System.Globalization;
using LazyMigrate.Core.Scripting;
using Microsoft.AspNetCore.Components;

namespace LazyMigrate.Web.Components.Admin.Database;

/// <summary>The pools of this node, read again every few seconds.</summary>
public sealed partial class PoolsCard(ILegacyPools pools, TimeProvider time) : ComponentBase, IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);

    private IReadOnlyList<LegacyPoolHealth> _pools = [];
    private ITimer? _timer;

    public void Dispose() => _timer?.Dispose();

    protected override void OnInitialized()
    {
        _pools = pools.Read();
        _timer = time.CreateTimer(_ => _ = InvokeAsync(Refresh), null, s_interval, s_interval);
    }

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private void Refresh()
    {
        _pools = pools.Read();
        StateHasChanged();
    }
}
