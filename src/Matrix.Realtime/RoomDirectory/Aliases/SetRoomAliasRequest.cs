using System.Text.Json.Serialization;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.RoomDirectory.Aliases;

/// <summary>The body of <c>PUT /directory/room/{roomAlias}</c>.</summary>
internal sealed record SetRoomAliasRequest
{
    [JsonPropertyName("room_id")]
    public required RoomId RoomId { get; init; }
}
