using System.Text.Json.Serialization;

namespace Matrix.Realtime.Presence;

[JsonSerializable(typeof(PresenceStatus))]
[JsonSerializable(typeof(SetPresenceRequest))]
internal sealed partial class PresenceJsonContext : JsonSerializerContext;
