using System.Text.Json.Serialization;

namespace Matrix.Realtime.ToDevice;

[JsonSerializable(typeof(SendToDeviceRequest))]
internal sealed partial class ToDeviceJsonContext : JsonSerializerContext;
