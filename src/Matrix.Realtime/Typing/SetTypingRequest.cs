using System.Text.Json.Serialization;

namespace Matrix.Realtime.Typing;

/// <summary>The body of <c>setTyping</c>.</summary>
internal sealed record SetTypingRequest
{
    [JsonPropertyName("typing")]
    public required bool Typing { get; init; }

    /// <summary>For how many milliseconds; what is not positive is over already.</summary>
    [JsonPropertyName("timeout")]
    public long? Timeout { get; init; }
}
