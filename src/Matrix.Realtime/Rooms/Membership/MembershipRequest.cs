using System.Text.Json.Serialization;

namespace Matrix.Realtime.Rooms.Membership;

/// <summary>The body of a knock or a leave.</summary>
internal sealed record MembershipRequest
{
    [JsonPropertyName("reason")]
    public string? Reason { get; init; }
}
