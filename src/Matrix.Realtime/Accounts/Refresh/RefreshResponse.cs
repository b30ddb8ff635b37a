using System.Text.Json.Serialization;
using Matrix.Realtime.Accounts.Tokens;

namespace Matrix.Realtime.Accounts.Refresh;

/// <summary>The next tokens of the device.</summary>
internal sealed class RefreshResponse(IssuedTokens tokens)
{
    [JsonPropertyName("access_token")]
    public string AccessToken { get; } = tokens.AccessToken;

    [JsonPropertyName("refresh_token")]
    public string? RefreshToken { get; } = tokens.RefreshToken;

    [JsonPropertyName("expires_in_ms")]
    public long? ExpiresInMs { get; } = tokens.ExpiresInMs;
}
