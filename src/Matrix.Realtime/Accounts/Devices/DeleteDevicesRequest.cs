using System.Text.Json.Serialization;
using Matrix.Realtime.Accounts.InteractiveAuthentication;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Accounts.Devices;

/// <summary>The body of <c>delete_devices</c>.</summary>
internal sealed record DeleteDevicesRequest : IInteractiveRequest<DeleteDevicesRequest>
{
    [JsonPropertyName("auth")]
    public AuthenticationData? Auth { get; init; }

    /// <summary>Null only where a retry does not repeat what its session keeps.</summary>
    [JsonPropertyName("devices")]
    public IReadOnlyList<DeviceId>? Devices { get; init; }

    public DeleteDevicesRequest WithoutAuth() => this with { Auth = null };
}
