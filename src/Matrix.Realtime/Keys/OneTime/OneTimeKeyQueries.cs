using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Keys.OneTime;

/// <summary>Reads of stored one-time and fallback keys.</summary>
internal static class OneTimeKeyQueries
{
    /// <summary>What a device has left to be claimed.</summary>
    public static async Task<OneTimeKeys> ReadAsync(
        MatrixDbContext database, DeviceKey owner, CancellationToken cancellationToken)
    {
        // The position first: what is read after it holds at least all up to there, and what it holds beyond may be
        // applied once more without harm.
        var position = await database.Set<KeyCountsRow>()
            .Where(row => row.UserId == owner.UserId && row.DeviceId == owner.DeviceId)
            .Select(row => (StreamPosition?)row.Position).SingleOrDefaultAsync(cancellationToken);
        if (position is null)
        {
            return OneTimeKeys.None;
        }

        var rows = await database.Set<OneTimeKeyRow>().AsNoTracking()
            .Where(row => row.UserId == owner.UserId && row.DeviceId == owner.DeviceId && !row.IsClaimed)
            .OrderBy(row => row.UploadedAt).ThenBy(row => row.KeyId).ToListAsync(cancellationToken);
        var fallbacks = await database.Set<FallbackKeyRow>().AsNoTracking()
            .Where(row => row.UserId == owner.UserId && row.DeviceId == owner.DeviceId).ToListAsync(cancellationToken);
        return new OneTimeKeys
        {
            Position = position.Value,
            Unclaimed = [.. rows.Select(row => new OneTimeKey(row.Algorithm, row.KeyId, row.Json, row.UploadedAt))],
            Fallbacks = OneTimeKeys.None.Fallbacks.AddRange(fallbacks.Select(row =>
                KeyValuePair.Create(row.Algorithm, new FallbackKey(row.KeyId, row.Json, row.IsUsed)))),
        };
    }
}
