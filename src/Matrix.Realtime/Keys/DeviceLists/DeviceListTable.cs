using System.Collections.Immutable;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Keys.CrossSigning;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Keys.DeviceLists;

/// <summary>Live news of devices and keys by user.</summary>
internal sealed class DeviceListTable : LiveTable<UserId, DeviceListState>
{
    public override bool IsHistorical => false;

    protected internal override async Task<DeviceListState> LoadAsync(
        MatrixDbContext database, UserId key, StreamPosition at, CancellationToken cancellationToken)
    {
        // What is read after the position may be newer; to apply it once more does no harm.
        var changedAt = await database.Set<DeviceListRow>().Where(row => row.UserId == key)
            .Select(row => (StreamPosition?)row.Position).SingleOrDefaultAsync(cancellationToken)
            ?? StreamPosition.Zero;
        var signatures = await database.Set<KeySignatureRow>()
            .Where(row => row.UserId == key && row.SignedUserId != key)
            .Select(row => new { row.SignedUserId, row.Position }).ToListAsync(cancellationToken);
        return new DeviceListState
        {
            Position = changedAt,
            ChangedAt = changedAt,
            Signed = signatures.GroupBy(row => row.SignedUserId)
                .ToImmutableDictionary(user => user.Key, user => user.Max(row => row.Position)),
        };
    }

    protected internal override bool TryGetKey(StreamChange change, out UserId key)
    {
        key = change is DeviceListChange or UserSignedChange && change.UserId is { } userId ? userId : default;
        return key != default;
    }

    protected override DeviceListState Apply(DeviceListState snapshot, StreamChange change)
    {
        var next = snapshot with { Position = change.Position, Used = true };
        return change is UserSignedChange { Signed: var signed }
            ? next with { Signed = snapshot.Signed.SetItem(signed, change.Position) }
            : next with { ChangedAt = change.Position };
    }
}
