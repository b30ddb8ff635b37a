using System.Text.Json.Serialization;

namespace Matrix.Realtime.Accounts.Devices;

/// <summary>The body of <c>updateDevice</c>.</summary>
internal sealed record UpdateDeviceRequest
{
    /// <summary>The new name; without one the old stays.</summary>
    [JsonPropertyName("display_name")]
    public string? DisplayName { get; init; }
}
