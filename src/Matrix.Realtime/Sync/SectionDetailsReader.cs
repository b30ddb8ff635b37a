using Matrix.Realtime.Rooms.Reading;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Sync;

/// <summary>Reads what is told with the events of a room's section.</summary>
internal sealed class SectionDetailsReader(EventDetailsReader detailsReader)
{
    /// <summary>
    /// What there is about the timeline and the state. What is said about the events of a timeline, clients put
    /// together themselves where there is no gap.
    /// </summary>
    public ValueTask<EventDetails> ReadAsync(
        SyncContext context,
        RoomState room,
        UserRoom user,
        Timeline timeline,
        IReadOnlyCollection<RoomEvent> state,
        CancellationToken cancellationToken)
    {
        var visible = new VisibleRoom(room, user, context.View.Position);
        return timeline.Limited
            ? detailsReader.ReadAsync(
                context.View, context.Request.Requester, visible, timeline.Events, state, cancellationToken)
            : detailsReader.ReadAsync(visible, timeline.Events.Concat(state), cancellationToken);
    }
}
