using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Rooms.Writing;

/// <summary>
/// What makes a request the same as an earlier one of its device: the path and its transaction identifier.
/// </summary>
internal readonly record struct TransactionKey(string TransactionId, RoomId RoomId, string Type, EventId? Redacts);
