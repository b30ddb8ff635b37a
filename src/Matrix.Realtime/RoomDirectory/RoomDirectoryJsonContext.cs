using System.Text.Json.Serialization;
using Matrix.Realtime.RoomDirectory.Aliases;
using Matrix.Realtime.RoomDirectory.Listing;

namespace Matrix.Realtime.RoomDirectory;

[JsonSerializable(typeof(PublicRoomsRequest))]
[JsonSerializable(typeof(PublicRoomsResponse))]
[JsonSerializable(typeof(RoomAliasesResponse))]
[JsonSerializable(typeof(RoomAliasResponse))]
[JsonSerializable(typeof(RoomVisibility))]
[JsonSerializable(typeof(SetRoomAliasRequest))]
internal sealed partial class RoomDirectoryJsonContext : JsonSerializerContext;
