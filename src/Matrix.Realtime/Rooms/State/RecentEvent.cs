namespace Matrix.Realtime.Rooms.State;

/// <summary>One of the latest events of a room, with the state event whose place it took, if it did.</summary>
internal readonly record struct RecentEvent(RoomEvent Event, RoomEvent? Replaced);
