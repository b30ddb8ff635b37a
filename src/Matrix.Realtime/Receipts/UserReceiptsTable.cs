using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Receipts;

/// <summary>Live receipts by reader.</summary>
internal sealed class UserReceiptsTable : LiveTable<UserId, UserReceipts>
{
    public override bool IsHistorical => false;

    protected internal override async Task<UserReceipts> LoadAsync(
        MatrixDbContext database, UserId key, StreamPosition at, CancellationToken cancellationToken)
    {
        var rows = await database.Set<ReceiptRow>().AsNoTracking()
            .Where(row => row.UserId == key).ToListAsync(cancellationToken);
        return rows.Aggregate(
            new UserReceipts { Position = StreamPosition.Zero },
            (receipts, row) => receipts.With(row.RoomId, row.ToReceipt()));
    }

    protected internal override bool TryGetKey(StreamChange change, out UserId key)
    {
        key = change is ReceiptChange { Reader: var reader } ? reader : default;
        return key != default;
    }

    protected override UserReceipts Apply(UserReceipts snapshot, StreamChange change) =>
        snapshot.With(change.RoomId!.Value, ((ReceiptChange)change).Receipt);
}
