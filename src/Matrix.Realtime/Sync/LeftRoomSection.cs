using Matrix.Realtime.AccountData;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Reading;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Sync;

/// <summary>A room that the recipient left, was banned from, or declined; it ends with that.</summary>
internal sealed record LeftRoomSection(
    RoomId RoomId,
    Timeline Timeline,
    IReadOnlyCollection<RoomEvent> State,
    EventDetails Details,
    IReadOnlyList<AccountDataEntry> AccountData);
