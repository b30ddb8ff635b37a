using System.Text.Json.Serialization;

namespace Matrix.Realtime.Reports;

/// <summary>The body of a report about a room or a user.</summary>
internal sealed record ReportRequest
{
    [JsonPropertyName("reason")]
    public required string Reason { get; init; }
}
