using Matrix.Realtime.Http;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Rooms.Reading;

/// <summary>Reads what is told with events.</summary>
/// <remarks>
/// Reads no database for the latest events of a room, and else a fixed number of times, however many the events are.
/// </remarks>
internal sealed class EventDetailsReader(RoomStates states, IEventRelations relations)
{
    public async ValueTask<EventDetails> ReadAsync(
        VisibleRoom room, IEnumerable<RoomEvent> events, CancellationToken cancellationToken) => new(room)
        {
            Replaced = await states.GetReplacedAsync(room.Room, events, cancellationToken),
        };

    /// <summary>The same with what is bundled with some of the events.</summary>
    /// <param name="view">The view that the room belongs to.</param>
    /// <param name="requester">The recipient.</param>
    /// <param name="room">The room.</param>
    /// <param name="bundled">The events to bundle with.</param>
    /// <param name="others">The events served besides those.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async ValueTask<EventDetails> ReadAsync(
        LiveView view,
        Requester requester,
        VisibleRoom room,
        IReadOnlyCollection<RoomEvent> bundled,
        IEnumerable<RoomEvent> others,
        CancellationToken cancellationToken)
    {
        var details = await ReadAsync(room, bundled.Concat(others), cancellationToken);
        return bundled.Count == 0 ? details : details with
        {
            Bundled = await relations.BundleAsync(view, requester, room, bundled, cancellationToken),
        };
    }
}
