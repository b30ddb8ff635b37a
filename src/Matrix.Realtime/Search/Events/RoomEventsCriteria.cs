using System.Text.Json;
using System.Text.Json.Serialization;

namespace Matrix.Realtime.Search.Events;

/// <summary>Which events are searched for, and what is told of them.</summary>
internal sealed record RoomEventsCriteria
{
    public const string Rank = "rank";
    public const string Recent = "recent";

    [JsonPropertyName("search_term")]
    public required string SearchTerm { get; init; }

    [JsonPropertyName("keys")]
    public IReadOnlyList<string>? Keys { get; init; }

    [JsonPropertyName("filter")]
    public JsonElement? Filter { get; init; }

    [JsonPropertyName("order_by")]
    public string? OrderBy { get; init; }

    [JsonPropertyName("event_context")]
    public EventContextCriteria? EventContext { get; init; }

    [JsonPropertyName("include_state")]
    public bool? IncludeState { get; init; }

    [JsonPropertyName("groupings")]
    public GroupingsCriteria? Groupings { get; init; }
}
