using System.Text.Json.Serialization;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Accounts.Login;

/// <summary>Whom the access token belongs to.</summary>
internal sealed class WhoamiResponse(Requester requester)
{
    [JsonPropertyName("user_id")]
    public UserId UserId { get; } = requester.UserId;

    [JsonPropertyName("device_id")]
    public DeviceId DeviceId { get; } = requester.DeviceId;

    [JsonPropertyName("is_guest")]
    public bool IsGuest => false;
}
