using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.KeyBackup;

/// <summary>How backups and their keys are read.</summary>
internal static class KeyBackupQueries
{
    /// <summary>The newest backup that is not deleted.</summary>
    public static Task<KeyBackupRow?> FindCurrentBackupAsync(
        this MatrixDbContext database, UserId userId, CancellationToken cancellationToken) =>
        database.Set<KeyBackupRow>().AsNoTracking().Where(row => row.UserId == userId && !row.IsDeleted)
            .OrderByDescending(row => row.Version).FirstOrDefaultAsync(cancellationToken);

    /// <summary>A backup, also one that is deleted.</summary>
    public static Task<KeyBackupRow?> FindBackupAsync(
        this MatrixDbContext database, UserId userId, long version, CancellationToken cancellationToken) =>
        database.Set<KeyBackupRow>().AsNoTracking()
            .FirstOrDefaultAsync(row => row.UserId == userId && row.Version == version, cancellationToken);

    /// <exception cref="Errors.MatrixException">404: there is no such backup, or no longer.</exception>
    public static async Task<KeyBackupRow> RequireBackupAsync(
        this MatrixDbContext database, UserId userId, long version, CancellationToken cancellationToken) =>
        await database.FindBackupAsync(userId, version, cancellationToken) is { IsDeleted: false } backup
            ? backup
            : throw KeyBackupRefusals.UnknownVersion();

    /// <summary>The last version that was given to a backup of the user; 0 when there never was one.</summary>
    public static async Task<long> FindLastVersionAsync(
        this MatrixDbContext database, UserId userId, CancellationToken cancellationToken) =>
        await database.Set<KeyBackupRow>().Where(row => row.UserId == userId)
            .MaxAsync(row => (long?)row.Version, cancellationToken) ?? 0;

    /// <summary>The keys of a backup.</summary>
    public static IQueryable<RoomKeyRow> RoomKeys(this MatrixDbContext database, UserId userId, long version) =>
        database.Set<RoomKeyRow>().AsNoTracking().Where(row => row.UserId == userId && row.Version == version);

    /// <summary>What the backup has of these sessions, in one read however many they are.</summary>
    public static async Task<Dictionary<(RoomId RoomId, string SessionId), RoomKeyQuality>> ReadQualitiesAsync(
        this MatrixDbContext database,
        UserId userId,
        long version,
        IReadOnlyCollection<string> sessionIds,
        CancellationToken cancellationToken)
    {
        var keys = await database.RoomKeys(userId, version)
            .Where(row => EF.Parameter(sessionIds).Contains(row.SessionId))
            .Select(row => new
            {
                row.RoomId,
                row.SessionId,
                Quality = new RoomKeyQuality(row.IsVerified, row.FirstMessageIndex, row.ForwardedCount),
            })
            .ToListAsync(cancellationToken);
        return keys.ToDictionary(key => (key.RoomId, key.SessionId), key => key.Quality);
    }
}
