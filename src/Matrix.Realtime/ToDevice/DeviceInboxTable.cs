using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.ToDevice;

/// <summary>Live messages by device. Loaded for those who read them, not for those who send.</summary>
internal sealed class DeviceInboxTable : LiveTable<DeviceKey, DeviceInbox>
{
    /// <summary>Messages are larger than what other tables hold.</summary>
    public override int Capacity => 200_000;

    public override bool IsHistorical => false;

    protected internal override async Task<DeviceInbox> LoadAsync(
        MatrixDbContext database, DeviceKey key, StreamPosition at, CancellationToken cancellationToken)
    {
        var (userId, deviceId) = key;
        var rows = await database.Set<ToDeviceMessageRow>().AsNoTracking()
            .Where(row => row.UserId == userId && row.DeviceId == deviceId)
            .OrderBy(row => row.Position)
            .ToListAsync(cancellationToken);
        return rows.Aggregate(
            new DeviceInbox { Position = StreamPosition.Zero },
            (snapshot, row) => snapshot.With(ToDeviceMessage.From(row)));
    }

    protected internal override bool TryGetKey(StreamChange change, out DeviceKey key)
    {
        key = change switch
        {
            ToDeviceChange sent => sent.Recipient,
            ToDeviceConfirmation confirmed => confirmed.Recipient,
            _ => default,
        };
        return key != default;
    }

    protected override DeviceInbox Apply(DeviceInbox snapshot, StreamChange change) =>
        change is ToDeviceChange sent
            ? snapshot.With(sent.ToMessage())
            : snapshot.Without((ToDeviceConfirmation)change);
}
