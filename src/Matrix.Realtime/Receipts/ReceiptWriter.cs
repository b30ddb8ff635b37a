using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Receipts;

/// <summary>
/// The one way in which receipts move: forward, by the order of the stream. A receipt that is there already, or beyond,
/// takes no position, and so wakes nobody.
/// </summary>
internal sealed class ReceiptWriter(LiveState live, UserReceiptsTable receipts, RoomStates rooms, TimeProvider time)
{
    /// <exception cref="MatrixException">403: the user is not joined to the room.</exception>
    public async ValueTask RequireJoinedAsync(RoomId roomId, UserId userId, CancellationToken cancellationToken)
    {
        if (!(await rooms.GetUserRoomsAsync(live.Current, userId, cancellationToken))[roomId].IsJoined)
        {
            throw NotJoined();
        }
    }

    /// <inheritdoc cref="RequireJoinedAsync(RoomId, UserId, CancellationToken)"/>
    public async ValueTask RequireJoinedAsync(ChangeBatch batch, RoomId roomId, UserId userId)
    {
        if (!await rooms.IsJoinedAsync(batch, roomId, userId))
        {
            throw NotJoined();
        }
    }

    /// <summary>Where the event stands that somebody has read.</summary>
    /// <exception cref="MatrixException">404: there is no such event in this room.</exception>
    public async ValueTask<EventPlace> GetTargetAsync(
        RoomId roomId, EventId eventId, CancellationToken cancellationToken) =>
        await rooms.FindPlaceAsync(live.Current, roomId, eventId, cancellationToken)
            ?? throw MatrixException.NotFound("There is no such event in this room.");

    /// <summary>
    /// Whether a receipt that is committed has come as far already; it can only be further ahead by now. Loads what is
    /// not live before the writer's loop would have to wait for it.
    /// </summary>
    public async ValueTask<bool> HasReachedAsync(
        RoomId roomId, UserId userId, ReceiptKey key, EventPlace target, CancellationToken cancellationToken) =>
        HasReached(await live.GetAsync(live.Current, receipts, userId, cancellationToken), roomId, key, target);

    /// <summary>Moves a receipt forward to the event, unless it is there or beyond.</summary>
    public async ValueTask AdvanceAsync(
        ChangeBatch batch, RoomId roomId, UserId userId, ReceiptKey key, EventPlace target)
    {
        if (HasReached(await batch.GetAsync(receipts, userId), roomId, key, target))
        {
            return;
        }

        var change = new ReceiptChange(roomId, userId, key, target, time.GetUtcNow().ToUnixTimeMilliseconds());
        batch.Append(change);
        batch.Upsert(ReceiptRow.From(roomId, change.Receipt));
    }

    private static bool HasReached(UserReceipts receipts, RoomId roomId, ReceiptKey key, EventPlace target) =>
        receipts[roomId].Receipts.TryGetValue(key, out var present) && present.EventPosition >= target.Position;

    private static MatrixException NotJoined() => MatrixException.Forbidden("You are not joined to this room.");
}
