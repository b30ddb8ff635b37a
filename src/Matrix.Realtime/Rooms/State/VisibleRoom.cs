using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Rooms.State;

/// <summary>A room for one user, with the last position that they may see anything of.</summary>
internal readonly record struct VisibleRoom(RoomState Room, UserRoom User, StreamPosition Through)
{
    public bool CanSee(StreamPosition position) =>
        position <= Through && HistoryVisibility.CanSee(Room, User, position);
}
