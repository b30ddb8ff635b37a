using System.Text.Json.Serialization;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Accounts.Login;

/// <summary>The body of <c>login</c>.</summary>
internal sealed class LoginRequest
{
    [JsonPropertyName("type")]
    public required string Type { get; init; }

    [JsonPropertyName("identifier")]
    public LoginIdentifier? Identifier { get; init; }

    /// <summary>The older way to name a user, without an identifier.</summary>
    [JsonPropertyName("user")]
    public string? User { get; init; }

    [JsonPropertyName("password")]
    public string? Password { get; init; }

    [JsonPropertyName("device_id")]
    public DeviceId? DeviceId { get; init; }

    [JsonPropertyName("initial_device_display_name")]
    public string? InitialDeviceDisplayName { get; init; }

    /// <summary>Whether the client can refresh its access token.</summary>
    [JsonPropertyName("refresh_token")]
    public bool? WantsRefreshToken { get; init; }

    /// <summary>The user as named, in whichever way; null for one who is named by an address.</summary>
    [JsonIgnore]
    public string? UserName => Identifier is null ? User : Identifier.UserName;
}
