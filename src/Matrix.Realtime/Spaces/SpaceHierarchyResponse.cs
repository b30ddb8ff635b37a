using System.Text.Json.Serialization;

namespace Matrix.Realtime.Spaces;

/// <summary>A page of a tree of rooms.</summary>
internal sealed record SpaceHierarchyResponse
{
    [JsonPropertyName("rooms")]
    public required IReadOnlyList<SpaceHierarchyRoomsChunk> Rooms { get; init; }

    [JsonPropertyName("next_batch")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NextBatch { get; init; }
}
