using System.Text.Json.Serialization;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Keys;

/// <summary>The body of <c>queryKeys</c>.</summary>
internal sealed record KeyQueryRequest
{
    /// <summary>By user, the devices that are wanted; none means all.</summary>
    [JsonPropertyName("device_keys")]
    public required IReadOnlyDictionary<UserId, IReadOnlyList<string>> DeviceKeys { get; init; }
}
