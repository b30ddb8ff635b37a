using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Keys.OneTime;

/// <summary>Reads the keys that another process has taken or handed out.</summary>
internal sealed class OneTimeKeysChangeSource : IChangeSource
{
    public async Task<IReadOnlyList<StreamChange>> ReadAsync(
        MatrixDbContext database, StreamPosition after, StreamPosition through, CancellationToken cancellationToken)
    {
        var rows = await database.Set<KeyCountsRow>().AsNoTracking()
            .Where(row => row.Position > after && row.Position <= through)
            .Select(row => new { row.UserId, row.DeviceId, row.Position }).ToListAsync(cancellationToken);
        List<StreamChange> changes = [];
        foreach (var row in rows)
        {
            var owner = new DeviceKey(row.UserId, row.DeviceId);
            var keys = await OneTimeKeyQueries.ReadAsync(database, owner, cancellationToken);
            changes.Add(new OneTimeKeysChange(owner, keys) { Position = row.Position });
        }

        return changes;
    }
}
