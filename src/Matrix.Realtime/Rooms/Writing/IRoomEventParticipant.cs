using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Rooms.Writing;

/// <summary>
/// A feature that has something to add to the batch of every room event, so that both become visible at once.
/// </summary>
internal interface IRoomEventParticipant
{
    /// <summary>Loads what the writer's loop would have to wait for when a user is invited.</summary>
    ValueTask PrepareInviteAsync(UserId invited, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Called on the writer's loop after the event was appended to the batch.</summary>
    ValueTask OnEventAsync(ChangeBatch batch, RoomEventChange change);
}
