using System.Text.Json.Serialization;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Accounts.Registration;

/// <summary>The new account, logged in unless the client did not want that.</summary>
internal sealed class RegisterResponse(UserId userId, DeviceSession? session)
{
    [JsonPropertyName("user_id")]
    public UserId UserId { get; } = userId;

    [JsonPropertyName("access_token")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AccessToken { get; } = session?.Tokens.AccessToken;

    [JsonPropertyName("device_id")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DeviceId? DeviceId { get; } = session?.DeviceId;

    [JsonPropertyName("refresh_token")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RefreshToken { get; } = session?.Tokens.RefreshToken;

    [JsonPropertyName("expires_in_ms")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ExpiresInMs { get; } = session?.Tokens.ExpiresInMs;
}
