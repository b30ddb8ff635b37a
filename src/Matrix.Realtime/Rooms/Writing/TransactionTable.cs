using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Rooms.Versions;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Rooms.Writing;

/// <summary>Live transactions by device, so that a repeated request is recognised in the order of the stream.</summary>
internal sealed class TransactionTable(TimeProvider time) : LiveTable<DeviceKey, DeviceTransactions>
{
    public override bool IsHistorical => false;

    protected internal override async Task<DeviceTransactions> LoadAsync(
        MatrixDbContext database, DeviceKey key, StreamPosition at, CancellationToken cancellationToken)
    {
        var (userId, deviceId) = key;
        var oldest = DeviceTransactions.OldestTs(time.GetUtcNow());
        var rows = await database.Set<EventRow>().AsNoTracking()
            .Where(row => row.Sender == userId && row.DeviceId == deviceId && row.TransactionId != null
                && row.OriginServerTs >= oldest)
            .OrderBy(row => row.Position)
            .ToListAsync(cancellationToken);
        var transactions = new DeviceTransactions { Position = StreamPosition.Zero };
        foreach (var row in rows)
        {
            transactions = transactions.After(new RoomEventChange(RoomVersion.Require(row.RoomVersion), row.ToPdu())
            {
                Position = row.Position,
                TransactionId = row.TransactionId,
            });
        }

        return transactions;
    }

    protected internal override bool TryGetKey(StreamChange change, out DeviceKey key)
    {
        var sent = change as RoomEventChange;
        key = sent is { TransactionId: not null, DeviceId: { } deviceId } ? new(sent.Pdu.Sender, deviceId) : default;
        return key != default;
    }

    protected override DeviceTransactions Apply(DeviceTransactions snapshot, StreamChange change) =>
        snapshot.After((RoomEventChange)change);
}
