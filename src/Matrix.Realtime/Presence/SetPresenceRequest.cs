using System.Text.Json.Serialization;

namespace Matrix.Realtime.Presence;

/// <summary>The body of <c>setPresence</c>.</summary>
internal sealed record SetPresenceRequest
{
    [JsonPropertyName("presence")]
    public required string Presence { get; init; }

    /// <summary>What the user wants to tell others; none clears what they told before.</summary>
    [JsonPropertyName("status_msg")]
    public string? StatusMessage { get; init; }
}
