using System.Text.Json.Serialization;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Accounts.Login;

/// <summary>Who logged in, on which device, with which token.</summary>
internal sealed class LoginResponse(DeviceSession session)
{
    [JsonPropertyName("user_id")]
    public UserId UserId { get; } = session.UserId;

    [JsonPropertyName("access_token")]
    public string AccessToken { get; } = session.AccessToken;

    [JsonPropertyName("device_id")]
    public DeviceId DeviceId { get; } = session.DeviceId;
}
