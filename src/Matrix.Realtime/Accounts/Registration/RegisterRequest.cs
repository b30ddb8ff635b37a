using System.Text.Json.Serialization;
using Matrix.Realtime.Accounts.InteractiveAuthentication;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Accounts.Registration;

/// <summary>The body of <c>register</c>.</summary>
internal sealed class RegisterRequest : IInteractiveRequest<RegisterRequest>
{
    [JsonPropertyName("auth")]
    public AuthenticationData? Auth { get; init; }

    [JsonPropertyName("username")]
    public string? Username { get; init; }

    [JsonPropertyName("password")]
    public string? Password { get; init; }

    [JsonPropertyName("device_id")]
    public DeviceId? DeviceId { get; init; }

    [JsonPropertyName("initial_device_display_name")]
    public string? InitialDeviceDisplayName { get; init; }

    [JsonPropertyName("inhibit_login")]
    public bool? InhibitLogin { get; init; }

    /// <summary>Whether the client can refresh its access token.</summary>
    [JsonPropertyName("refresh_token")]
    public bool? WantsRefreshToken { get; init; }

    public RegisterRequest WithoutAuth() => new()
    {
        Username = Username,
        Password = Password,
        DeviceId = DeviceId,
        InitialDeviceDisplayName = InitialDeviceDisplayName,
        InhibitLogin = InhibitLogin,
        WantsRefreshToken = WantsRefreshToken,
    };
}
