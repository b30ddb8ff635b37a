using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Rooms.Writing;

/// <summary>
/// A feature that has something to add to the batch of every room event, so that both become visible at once.
/// </summary>
internal interface IRoomEventParticipant
{
    /// <summary>Called on the writer's loop after the event was appended to the batch.</summary>
    ValueTask OnEventAsync(ChangeBatch batch, RoomEventChange change);
}
