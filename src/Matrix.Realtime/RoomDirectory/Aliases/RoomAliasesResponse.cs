using System.Text.Json.Serialization;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.RoomDirectory.Aliases;

/// <summary>The aliases of a room that this server has given out.</summary>
internal sealed record RoomAliasesResponse(
    [property: JsonPropertyName("aliases")] IReadOnlyList<RoomAlias> Aliases);
