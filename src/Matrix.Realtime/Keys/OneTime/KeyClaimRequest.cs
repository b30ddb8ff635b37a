using System.Text.Json.Serialization;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Keys.OneTime;

/// <summary>The body of <c>claimKeys</c>.</summary>
internal sealed record KeyClaimRequest
{
    /// <summary>By user and device, the algorithm that a key is wanted of.</summary>
    [JsonPropertyName("one_time_keys")]
    public required IReadOnlyDictionary<UserId, Dictionary<DeviceId, string>> OneTimeKeys { get; init; }
}
