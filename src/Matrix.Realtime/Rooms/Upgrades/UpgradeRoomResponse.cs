using System.Text.Json.Serialization;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Rooms.Upgrades;

/// <summary>The room that replaces the upgraded one.</summary>
internal sealed record UpgradeRoomResponse(
    [property: JsonPropertyName("replacement_room")] RoomId ReplacementRoom);
