using Matrix.Realtime.Accounts;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Keys.OneTime;

/// <summary>Deletes the counts of devices that are gone at the next start: until then they tell others of that.</summary>
internal sealed class GoneKeyCounts : IStartupParticipant
{
    /// <summary>How many are deleted at one start, which they hold up.</summary>
    private const int MaxRows = 10_000;

    public async ValueTask OnStartingAsync(ChangeBatch batch)
    {
        var gone = await batch.ReadAsync((database, cancellationToken) => database.Set<KeyCountsRow>().AsNoTracking()
            .Where(row => !database.Set<DeviceRow>()
                .Any(device => device.UserId == row.UserId && device.DeviceId == row.DeviceId))
            .OrderBy(row => row.Position).Take(MaxRows).ToListAsync(cancellationToken));
        gone.ForEach(batch.Delete);
    }
}
