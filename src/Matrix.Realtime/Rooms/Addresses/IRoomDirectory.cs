using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Rooms.Addresses;

/// <summary>Where rooms are found by name: what rooms ask of it, and tell it in the batch that makes them.</summary>
internal interface IRoomDirectory
{
    /// <summary>The room that an alias points at.</summary>
    ValueTask<RoomId?> FindAsync(RoomAlias alias, CancellationToken cancellationToken);

    /// <summary>Points an alias at a room; false if it points at one already.</summary>
    ValueTask<bool> TryClaimAsync(ChangeBatch batch, RoomAlias alias, RoomId roomId, UserId creator);

    /// <summary>Lists a room among the public ones.</summary>
    void Publish(ChangeBatch batch, RoomState room);
}
