using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Sync;

/// <summary>A stretch of a room's events.</summary>
/// <param name="Events">The oldest first.</param>
/// <param name="Limited">Whether there is a gap between what the client has and the first event.</param>
/// <param name="PrevBatch">The boundary before the first event.</param>
/// <param name="Dropped">Whether a filter left events out.</param>
/// <param name="SkippedState">The state events behind <see cref="PrevBatch"/> that were left out, the oldest
/// first.</param>
internal sealed record Timeline(
    IReadOnlyList<RoomEvent> Events,
    bool Limited,
    StreamPosition PrevBatch,
    bool Dropped,
    IReadOnlyList<RoomEvent> SkippedState)
{
    public bool IsEmpty => Events.Count == 0 && !Limited;
}
