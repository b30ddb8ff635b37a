using System.Text.Json.Serialization;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Accounts.Login;

/// <summary>Who logged in, on which device, with which token.</summary>
internal sealed class LoginResponse(DeviceSession session)
{
    [JsonPropertyName("user_id")]
    public UserId UserId { get; } = session.UserId;

    [JsonPropertyName("access_token")]
    public string AccessToken { get; } = session.Tokens.AccessToken;

    [JsonPropertyName("device_id")]
    public DeviceId DeviceId { get; } = session.DeviceId;

    [JsonPropertyName("refresh_token")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RefreshToken { get; } = session.Tokens.RefreshToken;

    [JsonPropertyName("expires_in_ms")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ExpiresInMs { get; } = session.Tokens.ExpiresInMs;
}
