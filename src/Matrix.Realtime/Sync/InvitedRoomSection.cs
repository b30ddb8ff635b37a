using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Sync;

/// <summary>A room that the recipient is invited to or has knocked on, with the state they may see of it.</summary>
internal sealed record InvitedRoomSection(RoomId RoomId, IReadOnlyList<RoomEvent> StrippedState);
