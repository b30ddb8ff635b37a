using Matrix.Realtime.Accounts;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Keys.CrossSigning;
using Matrix.Realtime.Keys.Devices;
using Matrix.Realtime.Storage;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Keys;

/// <summary>Reads published keys.</summary>
internal sealed class PublishedKeysStore(IDbContextFactory<MatrixDbContext> databases)
{
    /// <summary>All keys of the users, and those signatures over them that are their own or the reader's.</summary>
    public async Task<PublishedKeys> ReadAsync(
        IReadOnlyCollection<UserId> users, UserId reader, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var existing = await database.Set<AccountRow>().Where(row => EF.Parameter(users).Contains(row.UserId))
            .Select(row => row.UserId).ToListAsync(cancellationToken);
        var devices = await database.Set<DeviceKeysRow>().AsNoTracking()
            .Where(row => EF.Parameter(users).Contains(row.UserId))
            .OrderBy(row => row.DeviceId).ToListAsync(cancellationToken);
        var names = await database.Set<DeviceRow>().AsNoTracking()
            .Where(row => EF.Parameter(users).Contains(row.UserId) && row.DisplayName != null)
            .ToListAsync(cancellationToken);
        var crossSigningKeys = await database.Set<CrossSigningKeyRow>().AsNoTracking()
            .Where(row => EF.Parameter(users).Contains(row.UserId)).ToListAsync(cancellationToken);
        var signatures = await database.Set<KeySignatureRow>().AsNoTracking()
            .Where(row => EF.Parameter(users).Contains(row.SignedUserId))
            .Where(row => row.UserId == row.SignedUserId || row.UserId == reader).ToListAsync(cancellationToken);
        return new PublishedKeys
        {
            Users = existing.ToHashSet(),
            Devices = devices.ToLookup(row => row.UserId),
            DisplayNames = names.ToDictionary(row => new DeviceKey(row.UserId, row.DeviceId), row => row.DisplayName!),
            CrossSigningKeys = crossSigningKeys,
            Signatures = signatures.ToLookup(row => (row.SignedUserId, row.SignedKey)),
        };
    }
}
