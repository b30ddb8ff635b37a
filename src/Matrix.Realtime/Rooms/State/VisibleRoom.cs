using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Rooms.State;

/// <summary>A room for one user who may look into it.</summary>
/// <param name="Room">The room.</param>
/// <param name="User">The user's memberships in it.</param>
/// <param name="Through">The user sees the room's state and members as they were there: now, or when they left.</param>
internal readonly record struct VisibleRoom(RoomState Room, UserRoom User, StreamPosition Through)
{
    public bool CanSee(StreamPosition position) =>
        position <= Room.Position && HistoryVisibility.CanSee(Room, User, position);
}
