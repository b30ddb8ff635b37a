using System.Text.Json;
using System.Text.Json.Serialization;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.ToDevice;

/// <summary>The body of <c>sendToDevice</c>.</summary>
internal sealed record SendToDeviceRequest
{
    /// <summary>The device that stands for all of its user.</summary>
    public static readonly DeviceId AllDevices = DeviceId.Parse("*");

    /// <summary>The contents by user and device.</summary>
    [JsonPropertyName("messages")]
    public required IReadOnlyDictionary<UserId, IReadOnlyDictionary<DeviceId, JsonElement>> Messages { get; init; }
}
