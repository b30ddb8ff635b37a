using System.Text.Json.Serialization;

namespace Matrix.Realtime.RoomDirectory.Listing;

/// <summary>A page of the list of public rooms.</summary>
internal sealed record PublicRoomsResponse
{
    [JsonPropertyName("chunk")]
    public required IReadOnlyList<PublishedRoomsChunk> Chunk { get; init; }

    [JsonPropertyName("next_batch")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NextBatch { get; init; }

    [JsonPropertyName("prev_batch")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PrevBatch { get; init; }

    [JsonPropertyName("total_room_count_estimate")]
    public required int Total { get; init; }
}
