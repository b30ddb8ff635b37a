using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Keys.DeviceLists;

/// <summary>Somebody with whom a user shares a room, or did.</summary>
/// <param name="UserId">The other.</param>
/// <param name="Shared">Whether they shared a room before.</param>
/// <param name="Shares">Whether they do now.</param>
internal readonly record struct RoomMate(UserId UserId, bool Shared, bool Shares);
