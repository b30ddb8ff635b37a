using System.Text.Json.Serialization;

namespace Matrix.Realtime.Filters;

/// <summary>The id of the filter uploaded.</summary>
internal sealed record FilterIdResponse([property: JsonPropertyName("filter_id")] string FilterId);
