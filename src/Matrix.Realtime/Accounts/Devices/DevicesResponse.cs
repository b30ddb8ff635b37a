using System.Text.Json.Serialization;

namespace Matrix.Realtime.Accounts.Devices;

/// <summary>All devices of the caller.</summary>
internal sealed record DevicesResponse([property: JsonPropertyName("devices")] IReadOnlyList<DeviceResponse> Devices);
