using System.Text.Json.Serialization;

namespace Matrix.Realtime.Spaces;

[JsonSerializable(typeof(RoomSummaryResponse))]
[JsonSerializable(typeof(SpaceHierarchyResponse))]
internal sealed partial class SpacesJsonContext : JsonSerializerContext;
