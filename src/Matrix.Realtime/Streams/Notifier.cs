using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Streams;

/// <summary>
/// Knows which users poll and which rooms they are in, and tells their waiting requests that something changed: which
/// user, which position, never what. A change costs only the users of its room who poll.
/// </summary>
/// <remarks>
/// Everything but <see cref="Wake"/> is called under the gate of <see cref="LiveState"/>, which guards the fields.
/// </remarks>
internal sealed class Notifier
{
    private readonly Dictionary<UserId, UserFeed> _feeds = [];
    private readonly Dictionary<RoomId, HashSet<UserFeed>> _pollers = [];

    /// <summary>
    /// Wakes the waiting requests that want one of the changes; called after the view that holds them is out.
    /// </summary>
    public static void Wake(List<(UserFeed Feed, StreamChange Change)> told)
    {
        foreach (var (feed, change) in told)
        {
            feed.Tell(change);
        }
    }

    public UserFeed? Follow(UserId userId, LiveView view, Func<LiveView, IEnumerable<RoomId>?> joinedRooms)
    {
        if (!_feeds.TryGetValue(userId, out var feed))
        {
            if (joinedRooms(view) is not { } rooms)
            {
                return null;
            }

            feed = new UserFeed(userId, view.Position);
            _feeds.Add(userId, feed);
            foreach (var roomId in rooms)
            {
                Subscribe(feed, roomId);
            }
        }

        feed.Idle = false;
        return feed;
    }

    /// <summary>Indexes the changes and returns whom to wake for which of them.</summary>
    public List<(UserFeed Feed, StreamChange Change)> Record(IReadOnlyList<StreamChange> changes)
    {
        var told = new List<(UserFeed Feed, StreamChange Change)>();
        foreach (var change in changes)
        {
            var own = change.UserId is { } userId ? _feeds.GetValueOrDefault(userId) : null;
            if (own is not null && change.RoomId is { } roomId && change.Joins is { } joins)
            {
                Move(own, roomId, joins);
            }

            if (own is not null)
            {
                Record(own, change, told);
            }

            if (change is { IsRoomWide: true, RoomId: { } room } && _pollers.TryGetValue(room, out var pollers))
            {
                foreach (var feed in pollers)
                {
                    if (feed != own)
                    {
                        Record(feed, change, told);
                    }
                }
            }
        }

        return told;
    }

    /// <summary>All feeds, at this moment.</summary>
    public List<UserFeed> Feeds() => [.. _feeds.Values];

    /// <summary>Drops the feeds that nobody has used since the previous call.</summary>
    public void DropIdleFeeds()
    {
        var unused = _feeds.Values.Where(feed => feed.Waiters == 0).ToList();
        var dropped = unused.Where(feed => feed.Idle).ToHashSet();
        foreach (var feed in unused)
        {
            feed.Idle = true;
        }

        if (dropped.Count == 0)
        {
            return;
        }

        foreach (var feed in dropped)
        {
            _feeds.Remove(feed.UserId);
        }

        foreach (var (roomId, pollers) in _pollers)
        {
            // Removing the current entry is the one change that a dictionary allows while it is enumerated.
            if (pollers.RemoveWhere(dropped.Contains) > 0 && pollers.Count == 0)
            {
                _pollers.Remove(roomId);
            }
        }
    }

    private static void Record(UserFeed feed, StreamChange change, List<(UserFeed Feed, StreamChange Change)> told)
    {
        if (change.RoomId is { } roomId)
        {
            feed.Record(roomId, change.Position);
        }

        told.Add((feed, change));
    }

    private void Move(UserFeed feed, RoomId roomId, bool joins)
    {
        if (joins)
        {
            Subscribe(feed, roomId);
        }
        else
        {
            Unsubscribe(feed, roomId);
        }
    }

    private void Subscribe(UserFeed feed, RoomId roomId)
    {
        if (!_pollers.TryGetValue(roomId, out var pollers))
        {
            _pollers.Add(roomId, pollers = []);
        }

        pollers.Add(feed);
    }

    private void Unsubscribe(UserFeed feed, RoomId roomId)
    {
        if (_pollers.TryGetValue(roomId, out var pollers) && pollers.Remove(feed) && pollers.Count == 0)
        {
            _pollers.Remove(roomId);
        }
    }
}
