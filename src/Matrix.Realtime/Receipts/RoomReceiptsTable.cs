using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Receipts;

/// <summary>The latest public receipts, live by room. Private ones never come near it.</summary>
internal sealed class RoomReceiptsTable : LiveTable<RoomId, RoomReceipts>
{
    public override bool IsHistorical => false;

    protected internal override async Task<RoomReceipts> LoadAsync(
        MatrixDbContext database, RoomId key, StreamPosition at, CancellationToken cancellationToken)
    {
        var rows = await database.Set<ReceiptRow>().AsNoTracking()
            .Where(row => row.RoomId == key && row.Type == ReceiptTypes.Read)
            .OrderByDescending(row => row.Position)
            .Take(RoomReceipts.Kept + 1)
            .ToListAsync(cancellationToken);
        return RoomReceipts.Of([.. rows.Select(row => row.ToReceipt())]);
    }

    protected internal override bool TryGetKey(StreamChange change, out RoomId key)
    {
        key = change is ReceiptChange { IsPrivate: false, RoomId: { } roomId } ? roomId : default;
        return key != default;
    }

    protected override RoomReceipts Apply(RoomReceipts snapshot, StreamChange change) =>
        snapshot.With(((ReceiptChange)change).Receipt);
}
