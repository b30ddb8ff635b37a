using System.Text.Json;
using System.Text.Json.Serialization;

namespace Matrix.Realtime.Keys.Devices;

/// <summary>The body of <c>uploadKeys</c>.</summary>
internal sealed record KeyUploadRequest
{
    [JsonPropertyName("device_keys")]
    public JsonElement? DeviceKeys { get; init; }

    [JsonPropertyName("one_time_keys")]
    public IReadOnlyDictionary<string, JsonElement>? OneTimeKeys { get; init; }

    [JsonPropertyName("fallback_keys")]
    public IReadOnlyDictionary<string, JsonElement>? FallbackKeys { get; init; }
}
