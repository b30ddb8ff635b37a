using Matrix.Realtime.Accounts;
using Matrix.Realtime.Accounts.Management;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Keys.DeviceLists;
using Matrix.Realtime.Storage;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Keys.CrossSigning;

/// <summary>
/// Deletes the cross-signing keys of users who give their account up, and the signatures by and over them.
/// </summary>
internal sealed class CrossSigningDeactivation(
    DeviceSessions sessions, KeySignatureWriter signatures, DeviceListWriter deviceLists) : IDeactivationParticipant
{
    public Task OnDeactivatedAsync(UserId userId) => sessions.ChangeAsync(
        userId,
        async batch =>
        {
            var stored = await batch.ReadAsync((database, token) =>
                CrossSigningKeys.ReadAsync(database, userId, token));
            foreach (var key in stored.All)
            {
                await signatures.RemoveOfKeyAsync(batch, userId, key);
                batch.Delete(key.ToRow(userId));
            }

            if (stored.All.Count > 0)
            {
                await deviceLists.AnnounceAsync(batch, userId);
            }
        },
        CancellationToken.None);

    public Task<List<UserId>> FindUnfinishedAsync(
        MatrixDbContext database, IReadOnlyList<UserId> deactivated, CancellationToken cancellationToken) =>
        database.Set<CrossSigningKeyRow>().Where(row => EF.Parameter(deactivated).Contains(row.UserId))
            .Select(row => row.UserId).Distinct().ToListAsync(cancellationToken);
}
