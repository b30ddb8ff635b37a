using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.ToDevice;

/// <summary>Live transactions by device, so that a repeated request is recognised in the order of the stream.</summary>
internal sealed class SentTransactionsTable : LiveTable<DeviceKey, SentTransactions>
{
    public override bool IsHistorical => false;

    protected internal override async Task<SentTransactions> LoadAsync(
        MatrixDbContext database, DeviceKey key, StreamPosition at, CancellationToken cancellationToken)
    {
        var (userId, deviceId) = key;
        var rows = await database.Set<ToDeviceTransactionRow>().AsNoTracking()
            .Where(row => row.UserId == userId && row.DeviceId == deviceId)
            .OrderBy(row => row.Position)
            .ToListAsync(cancellationToken);
        return rows.Aggregate(
            new SentTransactions { Position = StreamPosition.Zero },
            (snapshot, row) => snapshot.With(ToDeviceTransactionChange.From(row)));
    }

    protected internal override bool TryGetKey(StreamChange change, out DeviceKey key)
    {
        key = change switch
        {
            ToDeviceTransactionChange sent => sent.Sender,
            TransactionsForgotten forgotten => forgotten.Sender,
            _ => default,
        };
        return key != default;
    }

    protected override SentTransactions Apply(SentTransactions snapshot, StreamChange change) =>
        change is ToDeviceTransactionChange sent
            ? snapshot.With(sent)
            : snapshot.Without((TransactionsForgotten)change);
}
