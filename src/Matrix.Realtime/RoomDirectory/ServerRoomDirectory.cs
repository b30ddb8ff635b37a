using Matrix.Realtime.Identifiers;
using Matrix.Realtime.RoomDirectory.Aliases;
using Matrix.Realtime.RoomDirectory.Listing;
using Matrix.Realtime.Rooms.Addresses;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.RoomDirectory;

/// <summary>Lets rooms be found from the batch on that creates them.</summary>
internal sealed class ServerRoomDirectory(RoomAliases aliases) : IRoomDirectory
{
    public ValueTask<RoomId?> FindAsync(RoomAlias alias, CancellationToken cancellationToken) =>
        aliases.FindAsync(alias, cancellationToken);

    public ValueTask<bool> TryClaimAsync(ChangeBatch batch, RoomAlias alias, RoomId roomId, UserId creator) =>
        aliases.TryClaimAsync(batch, alias, roomId, creator);

    public void Publish(ChangeBatch batch, RoomState room) => RoomListingService.Write(batch, room, isPublic: true);
}
