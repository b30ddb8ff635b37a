using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Receipts;

/// <summary>Reads receipts as of a view, or newer.</summary>
internal sealed class ReceiptReader(
    LiveState live, UserReceiptsTable users, RoomReceiptsTable rooms, ReceiptStore store)
{
    /// <summary>All receipts of one user. The private ones among them are for that user only.</summary>
    public ValueTask<UserReceipts> GetOwnAsync(LiveView view, UserId userId, CancellationToken cancellationToken) =>
        live.GetAsync(view, users, userId, cancellationToken);

    /// <summary>How far a user has read in a room.</summary>
    public async ValueTask<ReadPositions> GetReadPositionsAsync(
        LiveView view, UserId userId, RoomId roomId, CancellationToken cancellationToken) =>
        (await GetOwnAsync(view, userId, cancellationToken))[roomId].Positions;

    /// <summary>The public receipts of a room that moved after the position.</summary>
    public async ValueTask<IEnumerable<Receipt>> GetChangedAsync(
        LiveView view, RoomId roomId, StreamPosition after, CancellationToken cancellationToken)
    {
        var latest = await live.GetAsync(view, rooms, roomId, cancellationToken);
        return latest.Position <= after ? []
            : latest.Floor <= after ? latest.After(after)
            : await store.ReadAfterAsync(roomId, after, cancellationToken);
    }

    /// <summary>The public receipts on these events of a room, those that moved last first.</summary>
    public async ValueTask<IEnumerable<Receipt>> GetOnEventsAsync(
        LiveView view,
        RoomId roomId,
        IReadOnlyCollection<StreamPosition> events,
        int limit,
        CancellationToken cancellationToken)
    {
        if (events.Count == 0)
        {
            return [];
        }

        var latest = await live.GetAsync(view, rooms, roomId, cancellationToken);
        var after = events.Min();
        return latest.Floor <= after
            ? latest.After(after).Where(receipt => events.Contains(receipt.EventPosition)).Take(limit)
            : await store.ReadOnEventsAsync(roomId, events, limit, cancellationToken);
    }

    /// <summary>Those of the rooms where a public receipt moved after the position.</summary>
    public Task<IReadOnlyList<RoomId>> ReadChangedRoomsAsync(
        IReadOnlyCollection<RoomId> roomIds, StreamPosition after, CancellationToken cancellationToken) =>
        store.ReadChangedRoomsAsync(roomIds, after, cancellationToken);
}
