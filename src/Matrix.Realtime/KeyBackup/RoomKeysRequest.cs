using System.Text.Json.Serialization;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.KeyBackup;

/// <summary>The body of <c>putRoomKeys</c>.</summary>
internal sealed record RoomKeysRequest
{
    [JsonPropertyName("rooms")]
    public required IReadOnlyDictionary<RoomId, RoomKeyBackup> Rooms { get; init; }
}
