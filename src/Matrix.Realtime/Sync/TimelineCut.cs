using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Sync;

/// <summary>Gathers a timeline from its end backwards, one event more than wanted, which tells whether there is a gap.</summary>
internal sealed class TimelineCut(SyncContext context, RoomState room, UserRoom user, int limit)
{
    private readonly List<RoomEvent> _newestFirst = [];
    private bool _dropped;
    private bool _limited;

    /// <summary>Whether no further event is needed.</summary>
    public bool IsFull => _limited;

    /// <summary>Offers the next older event.</summary>
    public void Add(RoomEvent roomEvent)
    {
        // Recipients see their own leave or ban even where history is hidden from them.
        var visible = roomEvent.Position == user.Since || HistoryVisibility.CanSee(room, user, roomEvent.Position);
        if (!visible || context.IsIgnored(roomEvent))
        {
            return;
        }

        if (!IsWanted(roomEvent))
        {
            _dropped = true;
        }
        else if (_newestFirst.Count == limit)
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
        return new Timeline(_newestFirst, _limited, start, _dropped);
    }

    private bool IsWanted(RoomEvent roomEvent)
    {
        var filter = context.Filter.Timeline;
        return filter.AllowsRoom(room.RoomId) && filter.Allows(roomEvent.Type, roomEvent.Sender, roomEvent.Content);
    }
}
