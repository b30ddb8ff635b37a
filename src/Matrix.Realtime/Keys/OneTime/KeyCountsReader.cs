using Matrix.Realtime.Http;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Keys.OneTime;

/// <summary>Tells a device what it has left to be claimed.</summary>
internal sealed class KeyCountsReader(LiveState live, KeyCountsTable table)
{
    /// <summary>The counts as of a view, or newer.</summary>
    public ValueTask<KeyCounts> GetAsync(LiveView view, Requester requester, CancellationToken cancellationToken) =>
        live.GetAsync(view, table, requester.Device, cancellationToken);
}
