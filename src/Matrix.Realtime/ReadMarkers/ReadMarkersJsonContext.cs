using System.Text.Json.Serialization;

namespace Matrix.Realtime.ReadMarkers;

[JsonSerializable(typeof(ReadMarkersRequest))]
internal sealed partial class ReadMarkersJsonContext : JsonSerializerContext;
