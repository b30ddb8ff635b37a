using System.Text.Json.Serialization;

namespace Matrix.Realtime.Accounts.InteractiveAuthentication;

/// <summary>The <c>auth</c> of a request: an attempt at one stage.</summary>
internal sealed record AuthenticationData
{
    [JsonPropertyName("type")]
    public string? Type { get; init; }

    [JsonPropertyName("session")]
    public string? Session { get; init; }
}
