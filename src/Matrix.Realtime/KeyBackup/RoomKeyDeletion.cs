using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.KeyBackup;

/// <summary>Deletes keys batch by batch, so that a large backup does not hold up everybody else.</summary>
internal static class RoomKeyDeletion
{
    /// <summary>The most keys that one batch deletes.</summary>
    public const int BatchKeys = 1000;

    /// <summary>Deletes the first of the chosen keys of a backup; returns how many they were.</summary>
    public static async ValueTask<int> DeleteSomeAsync(
        ChangeBatch batch, KeyBackupRow backup, Func<IQueryable<RoomKeyRow>, IQueryable<RoomKeyRow>> choose)
    {
        var keys = await batch.ReadAsync((database, cancellationToken) =>
            choose(database.RoomKeys(backup.UserId, backup.Version))
                .OrderBy(row => row.RoomId).ThenBy(row => row.SessionId)
                .Take(BatchKeys)
                .Select(row => new { row.RoomId, row.SessionId })
                .ToListAsync(cancellationToken));
        foreach (var key in keys)
        {
            batch.Delete(new RoomKeyRow
            {
                UserId = backup.UserId,
                Version = backup.Version,
                RoomId = key.RoomId,
                SessionId = key.SessionId,
                SessionData = [],
            });
        }

        return keys.Count;
    }
}
