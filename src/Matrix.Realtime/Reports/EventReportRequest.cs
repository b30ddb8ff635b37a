using System.Text.Json.Serialization;

namespace Matrix.Realtime.Reports;

/// <summary>The body of a report about an event.</summary>
internal sealed record EventReportRequest
{
    [JsonPropertyName("reason")]
    public string? Reason { get; init; }

    [JsonPropertyName("score")]
    public long? Score { get; init; }
}
