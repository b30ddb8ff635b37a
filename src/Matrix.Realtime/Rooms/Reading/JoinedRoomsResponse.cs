using System.Text.Json.Serialization;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Rooms.Reading;

/// <summary>The rooms that the caller is joined to.</summary>
internal sealed record JoinedRoomsResponse(
    [property: JsonPropertyName("joined_rooms")] IReadOnlyList<RoomId> JoinedRooms);
