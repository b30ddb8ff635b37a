using System.Text.Json.Serialization;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Accounts.Devices;

/// <summary>One device of the caller.</summary>
internal sealed record DeviceResponse(
    [property: JsonPropertyName("device_id")] DeviceId DeviceId,
    [property: JsonPropertyName("display_name"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    string? DisplayName)
{
    [JsonPropertyName("last_seen_ip"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LastSeenIp { get; init; }

    [JsonPropertyName("last_seen_ts"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? LastSeenTs { get; init; }
}
