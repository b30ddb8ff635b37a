using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Rooms.Upgrades;

/// <summary>A feature that keeps something by room and takes it along to the room's successor, in one batch.</summary>
internal interface IRoomUpgradeParticipant
{
    /// <summary>Loads what the writer's loop would have to wait for.</summary>
    ValueTask PrepareAsync(RoomId predecessor, CancellationToken cancellationToken);

    /// <summary>
    /// Called on the writer's loop when the successor has its creator, who may do anything in it still, and nothing
    /// else.
    /// </summary>
    ValueTask OnUpgradeAsync(ChangeBatch batch, RoomId predecessor, RoomId successor, UserId upgradedBy);
}
