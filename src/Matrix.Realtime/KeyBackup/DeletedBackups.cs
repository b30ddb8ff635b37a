using Matrix.Realtime.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace Matrix.Realtime.KeyBackup;

/// <summary>
/// Deletes the keys of deleted backups: nobody sees them any more, and nobody adds to them. What is left because the
/// server stopped meanwhile is deleted before the next start serves anybody.
/// </summary>
internal sealed class DeletedBackups(IDbContextFactory<MatrixDbContext> databases, KeyBackupWriter writer)
    : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var unfinished = await database.Set<KeyBackupRow>().AsNoTracking()
            .Where(backup => backup.IsDeleted && database.Set<RoomKeyRow>()
                .Any(key => key.UserId == backup.UserId && key.Version == backup.Version))
            .ToListAsync(cancellationToken);
        foreach (var backup in unfinished)
        {
            await DeleteKeysAsync(backup);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task DeleteKeysAsync(KeyBackupRow backup)
    {
        int deleted;
        do
        {
            deleted = await writer.ChangeAsync(
                backup.UserId,
                batch => RoomKeyDeletion.DeleteSomeAsync(batch, backup, keys => keys),
                CancellationToken.None);
        }
        while (deleted == RoomKeyDeletion.BatchKeys);
    }
}
