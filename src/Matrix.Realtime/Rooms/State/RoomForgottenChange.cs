using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Rooms.State;

/// <summary>
/// A user forgot a room that they had left. Clients are told nothing; the room just no longer appears.
/// </summary>
internal sealed class RoomForgottenChange(RoomId roomId, UserId userId) : StreamChange
{
    public override ChangeKinds Kind => ChangeKinds.None;

    public override RoomId? RoomId { get; } = roomId;

    public override bool IsRoomWide => false;

    public override UserId? UserId { get; } = userId;
}
