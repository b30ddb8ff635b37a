using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Rooms.State;

/// <summary>From the position on, until the next period, this was the history visibility of the room.</summary>
internal readonly record struct VisibilityPeriod(StreamPosition From, string Visibility);
