using System.Text.Json.Serialization;

namespace Matrix.Realtime.Search.Events;

/// <summary>What to search, of which there is one thing.</summary>
internal sealed record SearchCategories
{
    [JsonPropertyName("room_events")]
    public RoomEventsCriteria? RoomEvents { get; init; }
}
