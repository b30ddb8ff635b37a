using System.Text.Json.Serialization;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.RoomDirectory.Aliases;

/// <summary>The room that an alias points at, and servers that know it.</summary>
internal sealed record RoomAliasResponse(
    [property: JsonPropertyName("room_id")] RoomId RoomId,
    [property: JsonPropertyName("servers")] IReadOnlyList<string> Servers);
