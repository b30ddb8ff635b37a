using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Rooms.Reading;

/// <summary>A part of a room's history.</summary>
/// <param name="Events">In the order of the direction asked for.</param>
/// <param name="End">Where the next page begins; null when there is none.</param>
internal sealed record HistoryPage(IReadOnlyList<RoomEvent> Events, StreamPosition? End);
