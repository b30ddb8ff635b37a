using System.Text.Json.Serialization;

namespace Matrix.Realtime.Search.Events;

/// <summary>By what results are grouped.</summary>
internal sealed record GroupingsCriteria
{
    [JsonPropertyName("group_by")]
    public IReadOnlyList<GroupCriterion>? GroupBy { get; init; }
}
