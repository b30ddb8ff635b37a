using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Rooms.Reading;

/// <summary>Finds the event that was sent nearest to a time.</summary>
internal sealed class EventByTimestampReader(RoomStates states, RoomEventStore events)
{
    /// <summary>The nearest event, in one direction, of those that the caller may see.</summary>
    /// <param name="requester">Who asks.</param>
    /// <param name="roomId">The room.</param>
    /// <param name="timestamp">In milliseconds since 1970; an event of that very time is the nearest.</param>
    /// <param name="backwards">Whether earlier events are wanted, and not later ones.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="MatrixException">404: there is none.</exception>
    public async Task<EventByTimestampResponse> FindAsync(
        Requester requester, RoomId roomId, long timestamp, bool backwards, CancellationToken cancellationToken)
    {
        var visible = await states.GetVisibleAsync(states.Current, requester.UserId, roomId, cancellationToken);
        List<RoomEvent> candidates = [];
        foreach (var range in HistoryVisibility.Ranges(visible.Room, visible.User))
        {
            if (await events.FindByTimestampAsync(roomId, range, timestamp, backwards, cancellationToken) is { } candidate)
            {
                candidates.Add(candidate);
            }
        }

        var inOrder = candidates.OrderBy(candidate => candidate.Pdu.OriginServerTs).ThenBy(candidate => candidate.Position);
        var found = (backwards ? inOrder.LastOrDefault() : inOrder.FirstOrDefault())
            ?? throw MatrixException.NotFound("There is no event on that side of that time that you may see.");
        return new EventByTimestampResponse(found.EventId, found.Pdu.OriginServerTs);
    }
}
