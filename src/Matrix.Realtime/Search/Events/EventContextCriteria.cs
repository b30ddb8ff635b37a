using System.Text.Json.Serialization;

namespace Matrix.Realtime.Search.Events;

/// <summary>How much is told of what stands around each result.</summary>
internal sealed record EventContextCriteria
{
    [JsonPropertyName("before_limit")]
    public long? BeforeLimit { get; init; }

    [JsonPropertyName("after_limit")]
    public long? AfterLimit { get; init; }

    [JsonPropertyName("include_profile")]
    public bool? IncludeProfile { get; init; }
}
