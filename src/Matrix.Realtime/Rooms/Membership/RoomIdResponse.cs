using System.Text.Json.Serialization;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Rooms.Membership;

/// <summary>The room that was created or joined.</summary>
internal sealed record RoomIdResponse([property: JsonPropertyName("room_id")] RoomId RoomId);
