using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Sync;

/// <summary>
/// Reads the state that goes with a timeline: together they leave the client with the state at its end.
/// </summary>
internal sealed class SectionStateReader(RoomStates states)
{
    /// <summary>
    /// The state where the timeline begins, and what the timeline left out of the later state; or the state where it
    /// ends, for clients that ask for that. All of it, or what was set after <paramref name="after"/>; of members, for
    /// clients that load them lazily, those who are needed. Nothing beyond <paramref name="through"/>.
    /// </summary>
    public async ValueTask<IReadOnlyCollection<RoomEvent>> ReadAsync(
        SyncContext context,
        RoomState room,
        Timeline timeline,
        StreamPosition? after,
        StreamPosition through,
        RoomSummary? summary,
        CancellationToken cancellationToken)
    {
        var filter = context.Filter.State;
        if (filter.AllowsNothing || !filter.AllowsRoom(room.RoomId))
        {
            return [];
        }

        var isAfter = context.Request.StateFormat != StateFormat.BeforeTimeline;
        var at = isAfter ? through : StreamPosition.Min(timeline.PrevBatch, through);
        var needed = filter.LazyLoadMembers ? NeededMembers(context, room, timeline, after is null, summary) : null;
        if (after is null)
        {
            needed?.UnionWith(await ReadMovedAsync(context, room, at, cancellationToken));
        }

        var held = after is not { } since
            ? await ReadAllAsync(room, at, needed, cancellationToken)
            : await ReadChangesAsync(
                room, since, at, needed, isAfter || timeline.Limited || timeline.Dropped, cancellationToken);
        var later = isAfter ? [] : timeline.SkippedState.Where(skipped => skipped.Position <= through);
        List<RoomEvent> section =
            [.. Merge(held, later).Where(state => filter.Allows(state.Type, state.Sender, state.Content))];
        if (needed is not null)
        {
            context.Tell(room.RoomId, section.Concat(timeline.Events), isWhole: after is null);
        }

        return section;
    }

    /// <summary>
    /// The members without whom the client could not show the timeline, or name the room, unless it has been told of
    /// them; where it is to have everything, all of these and the recipient.
    /// </summary>
    private static HashSet<string> NeededMembers(
        SyncContext context, RoomState room, Timeline timeline, bool isWhole, RoomSummary? summary)
    {
        var changed = timeline.Events.Where(roomEvent => roomEvent.Type == EventTypes.Member)
            .Select(roomEvent => roomEvent.StateKey).OfType<string>();
        var shown = timeline.Events.Select(roomEvent => roomEvent.Sender.Value).Concat(summary?.Heroes ?? []);
        return isWhole
            ? [.. shown, .. changed, context.UserId.Value]
            : [.. shown.Where(member => !context.HasBeenTold(room.RoomId, member))];
    }

    /// <summary>The members whom a client may know that had the room before, and who are something else since.</summary>
    private async ValueTask<IEnumerable<string>> ReadMovedAsync(
        SyncContext context, RoomState room, StreamPosition at, CancellationToken cancellationToken) =>
        context.Since < at && context.Rooms[room.RoomId].At(context.Since) == Memberships.Join
            ? (await states.GetStateChangesAsync(room, context.Since, at, cancellationToken))
                .Where(state => state.Type == EventTypes.Member).Select(state => state.StateKey!)
            : [];

    private ValueTask<IReadOnlyCollection<RoomEvent>> ReadAllAsync(
        RoomState room, StreamPosition at, IReadOnlySet<string>? members, CancellationToken cancellationToken) =>
        members is null
            ? states.GetStateAtAsync(room, at, cancellationToken)
            : states.GetStateAtAsync(room, at, members, cancellationToken);

    private async ValueTask<IReadOnlyCollection<RoomEvent>> ReadChangesAsync(
        RoomState room,
        StreamPosition since,
        StreamPosition at,
        IReadOnlySet<string>? members,
        bool hasChanges,
        CancellationToken cancellationToken)
    {
        var changes = hasChanges ? await states.GetStateChangesAsync(room, since, at, cancellationToken) : [];
        return members is { Count: > 0 }
            ? Merge(await states.GetMembersAtAsync(room, at, members, cancellationToken), changes)
            : changes;
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
