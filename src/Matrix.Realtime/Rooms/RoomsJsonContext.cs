using System.Text.Json.Serialization;
using Matrix.Realtime.Rooms.Creation;
using Matrix.Realtime.Rooms.Membership;
using Matrix.Realtime.Rooms.Messages;
using Matrix.Realtime.Rooms.Reading;
using Matrix.Realtime.Rooms.Upgrades;

namespace Matrix.Realtime.Rooms;

[JsonSerializable(typeof(CreateRoomRequest))]
[JsonSerializable(typeof(EventByTimestampResponse))]
[JsonSerializable(typeof(EventIdResponse))]
[JsonSerializable(typeof(InviteRequest))]
[JsonSerializable(typeof(JoinRequest))]
[JsonSerializable(typeof(TargetRequest))]
[JsonSerializable(typeof(JoinedRoomsResponse))]
[JsonSerializable(typeof(MembershipRequest))]
[JsonSerializable(typeof(RoomIdResponse))]
[JsonSerializable(typeof(UpgradeRoomRequest))]
[JsonSerializable(typeof(UpgradeRoomResponse))]
internal sealed partial class RoomsJsonContext : JsonSerializerContext;
