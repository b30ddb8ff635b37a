using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Rooms.State;

/// <summary>What one state event says of its room, and where that event stands.</summary>
internal readonly record struct RoomFact(StreamPosition Position, string? Value);
