using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Keys.OneTime;

/// <summary>Live counts of keys by device: of those that sync.</summary>
internal sealed class KeyCountsTable : LiveTable<DeviceKey, KeyCounts>
{
    public override bool IsHistorical => false;

    protected internal override async Task<KeyCounts> LoadAsync(
        MatrixDbContext database, DeviceKey key, StreamPosition at, CancellationToken cancellationToken)
    {
        var row = await database.Set<KeyCountsRow>().AsNoTracking().SingleOrDefaultAsync(
            row => row.UserId == key.UserId && row.DeviceId == key.DeviceId, cancellationToken);
        return row is null ? KeyCounts.None : new KeyCounts
        {
            Position = row.Position,
            OneTimeKeyCounts = row.OneTimeKeyCounts,
            UnusedFallbackKeyTypes = row.UnusedFallbackKeyTypes,
        };
    }

    protected internal override bool TryGetKey(StreamChange change, out DeviceKey key)
    {
        key = change is OneTimeKeysChange { Owner: var owner } ? owner : default;
        return change is OneTimeKeysChange;
    }

    protected override KeyCounts Apply(KeyCounts snapshot, StreamChange change) => ((OneTimeKeysChange)change).Counts;
}
