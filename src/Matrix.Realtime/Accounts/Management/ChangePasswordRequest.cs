using System.Text.Json.Serialization;
using Matrix.Realtime.Accounts.InteractiveAuthentication;

namespace Matrix.Realtime.Accounts.Management;

/// <summary>The body of <c>changePassword</c>.</summary>
internal sealed record ChangePasswordRequest : IInteractiveRequest<ChangePasswordRequest>
{
    [JsonPropertyName("auth")]
    public AuthenticationData? Auth { get; init; }

    /// <summary>Null only where a retry does not repeat what its session keeps.</summary>
    [JsonPropertyName("new_password")]
    public string? NewPassword { get; init; }

    /// <summary>Whether the user's other devices are logged out; they are unless the client says otherwise.</summary>
    [JsonPropertyName("logout_devices")]
    public bool? LogoutDevices { get; init; }

    public ChangePasswordRequest WithoutAuth() => this with { Auth = null };
}
