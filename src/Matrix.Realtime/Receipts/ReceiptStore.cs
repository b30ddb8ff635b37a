using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Storage;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Receipts;

/// <summary>Reads stored receipts where live state does not reach back far enough.</summary>
internal sealed class ReceiptStore(IDbContextFactory<MatrixDbContext> databases) : IPagedChangeSource
{
    /// <summary>The public receipts of a room that moved after the position.</summary>
    public async Task<IReadOnlyList<Receipt>> ReadAfterAsync(
        RoomId roomId, StreamPosition after, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await Public(database, roomId).Where(row => row.Position > after).ToListAsync(cancellationToken);
        return [.. rows.Select(row => row.ToReceipt())];
    }

    /// <summary>The public receipts on these events, those that moved last first.</summary>
    public async Task<IReadOnlyList<Receipt>> ReadOnEventsAsync(
        RoomId roomId, IReadOnlyCollection<StreamPosition> events, int limit, CancellationToken cancellationToken)
    {
        // A receipt moves after its event was there: so those before the oldest event need not be looked at.
        var after = events.Min();
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await Public(database, roomId)
            .Where(row => row.Position > after && events.Contains(row.EventPosition))
            .OrderByDescending(row => row.Position).Take(limit).ToListAsync(cancellationToken);
        return [.. rows.Select(row => row.ToReceipt())];
    }

    /// <summary>Those of the rooms where a public receipt moved after the position.</summary>
    public async Task<IReadOnlyList<RoomId>> ReadChangedRoomsAsync(
        IReadOnlyCollection<RoomId> rooms, StreamPosition after, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<ReceiptRow>().AsNoTracking()
            .Where(row => rooms.Contains(row.RoomId) && row.Position > after && row.Type == ReceiptTypes.Read)
            .Select(row => row.RoomId).Distinct().ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<StreamChange>> ReadPageAsync(
        MatrixDbContext database, ChangeRange range, CancellationToken cancellationToken)
    {
        if (!range.Wants(ChangeKinds.Receipts))
        {
            return [];
        }

        var (after, through) = range;
        var wanted = database.Set<ReceiptRow>().AsNoTracking();
        wanted = range.RoomId is { } roomId ? wanted.Where(row => row.RoomId == roomId) : wanted;
        var rows = await wanted
            .Where(row => row.Position > after && row.Position <= through)
            .OrderBy(row => row.Position).Take(range.Limit).ToListAsync(cancellationToken);
        return [.. rows.Select(row => row.ToChange())];
    }

    private static IQueryable<ReceiptRow> Public(MatrixDbContext database, RoomId roomId) =>
        database.Set<ReceiptRow>().AsNoTracking().Where(row => row.RoomId == roomId && row.Type == ReceiptTypes.Read);
}
