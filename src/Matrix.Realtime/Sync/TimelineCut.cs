using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Sync;

/// <summary>
/// Gathers a timeline from its end backwards, one event more than wanted, which tells whether there is a gap.
/// </summary>
internal sealed class TimelineCut(SyncContext context, RoomState room, UserRoom user, int limit)
{
    private readonly List<RoomEvent> _newestFirst = [];
    private readonly List<RoomEvent> _skippedState = [];

    /// <summary>Beyond this, those who left see nothing but their own last event.</summary>
    private readonly StreamPosition _end = user.IsJoined ? StreamPosition.Never : user.LeftAt() ?? StreamPosition.Zero;

    private bool _dropped;
    private bool _limited;

    /// <summary>Whether no further event is needed.</summary>
    public bool IsFull => _limited;

    /// <summary>Offers the next older event.</summary>
    public void Add(RoomEvent roomEvent)
    {
        if (!IsVisible(roomEvent))
        {
            Skip(roomEvent);
        }
        else if (!IsWanted(roomEvent))
        {
            _dropped = true;
            Skip(roomEvent);
        }
        else if (_newestFirst.Count == limit || IsOutdated(roomEvent))
        {
            _limited = true;
        }
        else
        {
            _newestFirst.Add(roomEvent);
        }
    }

    /// <summary>Ends the search; what lies further back has to be paged in.</summary>
    public void GiveUp() => _limited = true;

    public Timeline ToTimeline(StreamPosition through)
    {
        _newestFirst.Reverse();
        var start = _newestFirst.Count == 0 ? through : _newestFirst[0].Position.Previous;
        _skippedState.Reverse();
        return new Timeline(
            _newestFirst, _limited, start, _dropped, [.. _skippedState.Where(state => state.Position > start)]);
    }

    /// <summary>Recipients see their own leave or ban even where history is hidden from them.</summary>
    private bool IsVisible(RoomEvent roomEvent) =>
        (roomEvent.Position == user.Since
            || (roomEvent.Position <= _end && HistoryVisibility.CanSee(room, user, roomEvent.Position)))
        && !context.IsIgnored(roomEvent);

    /// <summary>
    /// Whether a later event of the same state was left out of the timeline. That one is told as state, which clients
    /// read first: this one would undo it.
    /// </summary>
    private bool IsOutdated(RoomEvent roomEvent) =>
        roomEvent.StateKey is not null
        && _skippedState.Exists(skipped => skipped.StateKey == roomEvent.StateKey && skipped.Type == roomEvent.Type);

    private void Skip(RoomEvent roomEvent)
    {
        if (roomEvent.StateKey is not null)
        {
            _skippedState.Add(roomEvent);
        }
    }

    private bool IsWanted(RoomEvent roomEvent) =>
        context.Filter.Timeline.Allows(roomEvent.Type, roomEvent.Sender, roomEvent.Content);
}
