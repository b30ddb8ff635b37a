using System.Text.Json.Serialization;

namespace Matrix.Realtime.Discovery;

[JsonSerializable(typeof(CapabilitiesResponse))]
[JsonSerializable(typeof(VersionsResponse))]
[JsonSerializable(typeof(WellKnownResponse))]
internal sealed partial class DiscoveryJsonContext : JsonSerializerContext;
