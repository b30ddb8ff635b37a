using System.Runtime.InteropServices;
using Matrix.Realtime.Accounts.Devices;
using Matrix.Realtime.Accounts.Management;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.KeyBackup;

/// <summary>The versions of a user's backup.</summary>
internal sealed class KeyBackupService(
    IDbContextFactory<MatrixDbContext> databases,
    DeviceDirectory devices,
    KeyBackupWriter writer,
    DeletedBackups deleted) : IDeactivationParticipant
{
    /// <summary>Begins a backup, which is the current one from then on; the earlier ones stay readable.</summary>
    public Task<KeyBackupVersionResponse> CreateAsync(
        Requester requester, KeyBackupRequest request, CancellationToken cancellationToken) =>
        writer.ChangeAsync(
            requester.UserId,
            async batch =>
            {
                await devices.RequireAsync(batch, requester.Device);
                var last = await batch.ReadAsync((database, token) =>
                    database.FindLastVersionAsync(requester.UserId, token));
                var backup = new KeyBackupRow
                {
                    UserId = requester.UserId,
                    Version = last + 1,
                    Algorithm = request.Algorithm,
                    AuthData = JsonMarshal.GetRawUtf8Value(request.AuthData).ToArray(),
                };
                batch.Insert(backup);
                return new KeyBackupVersionResponse(KeyBackupVersion.Format(backup.Version));
            },
            cancellationToken);

    /// <exception cref="MatrixException">404: there is no backup.</exception>
    public async Task<KeyBackupResponse> GetCurrentAsync(UserId userId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var backup = await database.FindCurrentBackupAsync(userId, cancellationToken);
        return KeyBackupResponse.Of(backup ?? throw KeyBackupRefusals.NoBackup());
    }

    /// <exception cref="MatrixException">404: there is no such backup.</exception>
    public async Task<KeyBackupResponse> GetAsync(UserId userId, string version, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return KeyBackupResponse.Of(
            await database.RequireBackupAsync(userId, KeyBackupVersion.Parse(version), cancellationToken));
    }

    /// <summary>Replaces the data of the algorithm; the keys stay, and so does their etag.</summary>
    /// <exception cref="MatrixException">
    /// 404: there is no such backup. 400: it has another algorithm or version.
    /// </exception>
    public Task UpdateAsync(
        UserId userId, string version, KeyBackupRequest request, CancellationToken cancellationToken) =>
        writer.ChangeAsync(
            userId,
            async batch =>
            {
                var backup = await batch.ReadAsync((database, token) =>
                    database.RequireBackupAsync(userId, KeyBackupVersion.Parse(version), token));
                if (request.Version is not null && request.Version != version)
                {
                    throw MatrixException.InvalidParam("Version does not match");
                }

                if (request.Algorithm != backup.Algorithm)
                {
                    throw MatrixException.InvalidParam("Algorithm does not match");
                }

                backup.AuthData = JsonMarshal.GetRawUtf8Value(request.AuthData).ToArray();
                batch.Upsert(backup);
                return backup;
            },
            cancellationToken);

    /// <summary>
    /// Deletes a backup, then its keys. Doing it again changes nothing, unless something came in between: then it
    /// deletes what is left of the keys, as the next start would.
    /// </summary>
    /// <exception cref="MatrixException">404: there never was such a backup.</exception>
    public async Task DeleteAsync(UserId userId, string version, CancellationToken cancellationToken)
    {
        var backup = await writer.ChangeAsync(
            userId,
            async batch =>
            {
                var found = await batch.ReadAsync((database, token) =>
                    database.FindBackupAsync(userId, KeyBackupVersion.Parse(version), token));
                return Delete(batch, found ?? throw KeyBackupRefusals.UnknownVersion());
            },
            cancellationToken);
        await deleted.DeleteKeysAsync(backup);
    }

    public async Task OnDeactivatedAsync(UserId userId)
    {
        var backups = await writer.ChangeAsync(
            userId,
            async batch =>
            {
                var all = await batch.ReadAsync((database, token) => database.Set<KeyBackupRow>().AsNoTracking()
                    .Where(row => row.UserId == userId).ToListAsync(token));
                all.ForEach(backup => Delete(batch, backup));
                return all;
            },
            CancellationToken.None);
        foreach (var backup in backups)
        {
            await deleted.DeleteKeysAsync(backup);
        }
    }

    public Task<List<UserId>> FindUnfinishedAsync(
        MatrixDbContext database, IReadOnlyList<UserId> deactivated, CancellationToken cancellationToken) =>
        database.Set<KeyBackupRow>().Where(row => EF.Parameter(deactivated).Contains(row.UserId) && !row.IsDeleted)
            .Select(row => row.UserId).Distinct().ToListAsync(cancellationToken);

    private static KeyBackupRow Delete(ChangeBatch batch, KeyBackupRow backup)
    {
        if (!backup.IsDeleted)
        {
            backup.IsDeleted = true;
            backup.AuthData = [];
            backup.Count = 0;
            batch.Upsert(backup);
        }

        return backup;
    }
}
