using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Rooms.Reading;

/// <summary>Knows what events say about others.</summary>
internal interface IEventRelations
{
    /// <summary>
    /// What is to be bundled with some events of a room, by their ids, and with the events in there; events about which
    /// nothing is said are left out.
    /// </summary>
    ValueTask<IReadOnlyDictionary<EventId, BundledRelations>> BundleAsync(
        LiveView view,
        Requester requester,
        VisibleRoom room,
        IReadOnlyCollection<RoomEvent> events,
        CancellationToken cancellationToken);
}
