using System.Text.Json.Serialization;

namespace Matrix.Realtime.Discovery;

/// <summary>What this server lets its users do.</summary>
internal sealed record CapabilitiesResponse
{
    public static readonly CapabilitiesResponse ForUsers = new() { Capabilities = new() };

    public static readonly CapabilitiesResponse ForAdministrators = new()
    {
        Capabilities = new() { AccountModeration = new() },
    };

    [JsonPropertyName("capabilities")]
    public required CapabilitySet Capabilities { get; init; }
}
