namespace Matrix.Realtime.Rooms.Authorization;

/// <summary>The place of one state event in a room's state.</summary>
internal readonly record struct StateSlot(string Type, string StateKey);
