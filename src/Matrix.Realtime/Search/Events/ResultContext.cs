using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Search.Events;

/// <summary>What stands around a result.</summary>
/// <param name="Before">The events before it, the nearest first.</param>
/// <param name="After">The events after it, the nearest first.</param>
/// <param name="Range">From before the first of all these up to the last.</param>
/// <param name="Senders">The member events of the senders as they were then; null unless they are wanted.</param>
internal sealed record ResultContext(
    IReadOnlyList<RoomEvent> Before,
    IReadOnlyList<RoomEvent> After,
    PositionRange Range,
    IReadOnlyCollection<RoomEvent>? Senders);
