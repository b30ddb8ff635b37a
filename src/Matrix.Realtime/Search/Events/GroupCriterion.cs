using System.Text.Json.Serialization;

namespace Matrix.Realtime.Search.Events;

/// <summary>One way of grouping.</summary>
internal sealed record GroupCriterion
{
    [JsonPropertyName("key")]
    public required string Key { get; init; }
}
