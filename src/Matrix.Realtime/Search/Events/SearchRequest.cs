using System.Text.Json.Serialization;

namespace Matrix.Realtime.Search.Events;

/// <summary>The body of a search.</summary>
internal sealed record SearchRequest
{
    [JsonPropertyName("search_categories")]
    public required SearchCategories SearchCategories { get; init; }
}
