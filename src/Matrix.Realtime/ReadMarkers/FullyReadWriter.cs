using Matrix.Realtime.AccountData;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.ReadMarkers;

/// <summary>
/// The one way in which the read marker moves: forward by the order of the stream, unless told otherwise.
/// </summary>
internal sealed class FullyReadWriter(
    LiveState live, AccountDataService accountData, AccountDataWriter writer, RoomStates rooms)
{
    /// <summary>
    /// Where the marker stands. Found out before a move, so that the writer's loop need not look for the event.
    /// </summary>
    public async ValueTask<EventPlace?> FindAsync(RoomId roomId, UserId userId, CancellationToken cancellationToken)
    {
        var state = await accountData.GetAsync(live.Current, userId, cancellationToken);
        return FullyReadContent.Parse(state.Find(roomId, AccountDataTypes.FullyRead)?.Content) is { } eventId
            ? await rooms.FindPlaceAsync(live.Current, roomId, eventId, cancellationToken)
            : null;
    }

    /// <summary>Moves the marker to the event, unless it is there, or beyond and must not go back.</summary>
    /// <param name="batch">The batch that holds the move.</param>
    /// <param name="roomId">The room.</param>
    /// <param name="userId">Whose marker it is.</param>
    /// <param name="target">Where to.</param>
    /// <param name="allowBackward">Whether it may go back.</param>
    /// <param name="known">Where the marker stood a moment ago.</param>
    public async ValueTask MoveAsync(
        ChangeBatch batch, RoomId roomId, UserId userId, EventPlace target, bool allowBackward, EventPlace? known)
    {
        var present = FullyReadContent.Parse(await writer.FindAsync(batch, userId, roomId, AccountDataTypes.FullyRead));
        if (present == target.EventId || (!allowBackward && await IsBeyondAsync(batch, roomId, present, target, known)))
        {
            return;
        }

        await writer.SetAsync(
            batch, userId, roomId, AccountDataTypes.FullyRead, FullyReadContent.Encode(target.EventId));
    }

    private async ValueTask<bool> IsBeyondAsync(
        ChangeBatch batch, RoomId roomId, EventId? present, EventPlace target, EventPlace? known)
    {
        if (present is not { } eventId)
        {
            return false;
        }

        var place = known?.EventId == eventId ? known : await rooms.FindPlaceAsync(batch, roomId, eventId);
        return place?.Position > target.Position;
    }
}
