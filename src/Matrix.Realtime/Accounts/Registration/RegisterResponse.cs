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
    public string? AccessToken { get; } = session?.AccessToken;

    [JsonPropertyName("device_id")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DeviceId? DeviceId { get; } = session?.DeviceId;
}
