using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Sync;

/// <summary>Reads a room for the one section that the recipient's present membership says.</summary>
internal sealed class RoomSectionReader(
    JoinedRoomReader joinedRooms, InvitedRoomReader invitedRooms, LeftRoomReader leftRooms)
{
    /// <summary>The room's section, or null when it has no news.</summary>
    public async ValueTask<RoomSection?> ReadAsync(
        SyncContext context, RoomId roomId, UserRoom user, CancellationToken cancellationToken) => user.Membership switch
        {
            Memberships.Join => await joinedRooms.ReadAsync(context, roomId, user, cancellationToken),
            Memberships.Invite or Memberships.Knock =>
                await invitedRooms.ReadAsync(context, roomId, user, cancellationToken),
            _ => await leftRooms.ReadAsync(context, roomId, user, cancellationToken),
        };
}
