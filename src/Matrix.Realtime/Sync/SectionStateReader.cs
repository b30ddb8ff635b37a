using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Sync;

/// <summary>
/// Reads the state that goes with a timeline: together they leave the client with the state at its end.
/// </summary>
internal sealed class SectionStateReader(RoomStates states)
{
    /// <summary>
    /// The state where the timeline begins, and what the timeline left out of the later state: all of it, or what was
    /// set after <paramref name="after"/>. Nothing beyond <paramref name="through"/>.
    /// </summary>
    public async ValueTask<IReadOnlyCollection<RoomEvent>> ReadAsync(
        SyncContext context,
        RoomState room,
        Timeline timeline,
        StreamPosition? after,
        StreamPosition through,
        CancellationToken cancellationToken)
    {
        var filter = context.Filter.State;
        if (filter.AllowsNothing || !filter.AllowsRoom(room.RoomId))
        {
            return [];
        }

        var start = StreamPosition.Min(timeline.PrevBatch, through);
        var before = after is not { } since ? await states.GetStateAtAsync(room, start, cancellationToken)
            : timeline.Limited || timeline.Dropped
                ? await states.GetStateChangesAsync(room, since, start, cancellationToken)
            : [];
        var later = timeline.SkippedState.Where(skipped => skipped.Position <= through);
        return [.. Merge(before, later).Where(state => filter.Allows(state.Type, state.Sender, state.Content))];
    }

    private static IReadOnlyCollection<RoomEvent> Merge(
        IReadOnlyCollection<RoomEvent> before, IEnumerable<RoomEvent> later)
    {
        Dictionary<(string Type, string StateKey), RoomEvent>? replaced = null;
        foreach (var state in later)
        {
            replaced ??= before.ToDictionary(known => (known.Type, known.StateKey!));
            replaced[(state.Type, state.StateKey!)] = state;
        }

        return replaced is null ? before : replaced.Values;
    }
}
