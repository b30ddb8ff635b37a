using System.Text.Json.Serialization;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Rooms.Membership;

/// <summary>The body of an invite.</summary>
internal sealed record InviteRequest
{
    [JsonPropertyName("user_id")]
    public required UserId UserId { get; init; }

    [JsonPropertyName("reason")]
    public string? Reason { get; init; }
}
