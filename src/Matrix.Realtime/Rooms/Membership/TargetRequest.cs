using System.Text.Json.Serialization;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Rooms.Membership;

/// <summary>The body of a request that moves somebody else.</summary>
internal sealed record TargetRequest
{
    [JsonPropertyName("user_id")]
    public required UserId UserId { get; init; }

    [JsonPropertyName("reason")]
    public string? Reason { get; init; }
}
