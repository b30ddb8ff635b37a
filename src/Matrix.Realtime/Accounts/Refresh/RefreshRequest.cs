using System.Text.Json.Serialization;

namespace Matrix.Realtime.Accounts.Refresh;

/// <summary>The body of <c>refresh</c>.</summary>
internal sealed class RefreshRequest
{
    [JsonPropertyName("refresh_token")]
    public required string RefreshToken { get; init; }
}
