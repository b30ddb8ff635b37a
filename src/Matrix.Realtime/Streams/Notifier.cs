using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Streams;

/// <summary>
/// Knows which users poll and which rooms they are in, and tells their waiting requests that something changed: which
/// user, which position, never what. A change costs only the users of its room who poll.
/// </summary>
/// <remarks>
/// Everything but <see cref="Wake"/> is called under the gate of <see cref="LiveState"/>, which guards the fields.
/// </remarks>
internal sealed class Notifier(DeferredWakes deferred)
{
    private readonly Dictionary<UserId, UserFeed> _feeds = [];
    private readonly Dictionary<RoomId, RoomAudience> _audiences = [];

    /// <summary>
    /// Wakes the waiting requests that want one of the changes; called after the view that holds them is out.
    /// </summary>
    public void Wake(List<(UserFeed Feed, StreamChange Change)> told)
    {
        foreach (var (feed, change) in told)
        {
            if (change.WakeWithin == TimeSpan.Zero)
            {
                feed.Tell(change);
            }
            else if (feed.TellForLater(change))
            {
                deferred.Add(feed, change.WakeWithin);
            }
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
            if (change is { UserId: { } member, RoomId: { } roomId, Joins: { } joins })
            {
                Move(member, own, roomId, joins, change.Position);
            }

            if (own is not null)
            {
                Record(own, change, told);
            }

            if (change is { IsRoomWide: true, RoomId: { } room } && _audiences.TryGetValue(room, out var audience))
            {
                foreach (var feed in audience.Feeds)
                {
                    if (feed != own)
                    {
                        Record(feed, change, told);
                    }
                }
            }

            if (change.PeerRooms.Count > 0)
            {
                foreach (var feed in FindPeers(change).Where(feed => feed != own))
                {
                    feed.Record(roomId: null, change.Position);
                    told.Add((feed, change));
                }
            }
        }

        return told;
    }

    /// <summary>Those of whom there is news of a kind in the room after the position.</summary>
    public List<(UserId Key, StreamPosition Position)> GetPeers(RoomId roomId, ChangeKinds kind, StreamPosition after) =>
        _audiences.TryGetValue(roomId, out var audience) ? audience.PeersOf(kind).After(after) : [];

    /// <summary>The members of the room who poll.</summary>
    public List<UserId> GetPollers(RoomId roomId) =>
        _audiences.TryGetValue(roomId, out var audience) ? [.. audience.Feeds.Select(feed => feed.UserId)] : [];

    /// <summary>All feeds, at this moment.</summary>
    public List<UserFeed> Feeds() => [.. _feeds.Values];

    /// <summary>
    /// Drops the feeds that nobody has used since the previous call, and returns them: they are still subscribed.
    /// </summary>
    public IReadOnlySet<UserFeed> DropIdleFeeds()
    {
        var unused = _feeds.Values.Where(feed => feed.Waiters == 0).ToList();
        var dropped = unused.Where(feed => feed.Idle).ToHashSet();
        foreach (var feed in unused)
        {
            feed.Idle = true;
        }

        foreach (var feed in dropped)
        {
            _feeds.Remove(feed.UserId);
        }

        return dropped;
    }

    /// <summary>The rooms in which somebody polls.</summary>
    public RoomId[] Rooms() => [.. _audiences.Keys];

    /// <summary>Ends what dropped feeds hear of the rooms.</summary>
    public void Unsubscribe(IReadOnlySet<UserFeed> dropped, IEnumerable<RoomId> rooms)
    {
        foreach (var roomId in rooms)
        {
            if (_audiences.TryGetValue(roomId, out var audience)
                && audience.Feeds.RemoveWhere(dropped.Contains) > 0
                && audience.Feeds.Count == 0)
            {
                _audiences.Remove(roomId);
            }
        }
    }

    private static void Record(UserFeed feed, StreamChange change, List<(UserFeed Feed, StreamChange Change)> told)
    {
        feed.Record(change.RoomId, change.Position);
        told.Add((feed, change));
    }

    private void Move(UserId member, UserFeed? feed, RoomId roomId, bool joins, StreamPosition position)
    {
        if (feed is not null && joins)
        {
            Subscribe(feed, roomId);
        }
        else if (feed is not null)
        {
            Unsubscribe(feed, roomId);
        }

        if (!_audiences.TryGetValue(roomId, out var audience))
        {
            return;
        }

        RecordPeer(audience, ChangeKinds.DeviceLists, roomId, member, position);
        if (joins)
        {
            RecordPeer(audience, ChangeKinds.Presence, roomId, member, position);
        }
        else
        {
            audience.Presence.Remove(member);
        }
    }

    /// <summary>Indexes a change of a user for those who share a room with them, and returns these.</summary>
    private HashSet<UserFeed> FindPeers(StreamChange change)
    {
        HashSet<UserFeed> peers = [];
        foreach (var roomId in change.PeerRooms)
        {
            if (_audiences.TryGetValue(roomId, out var audience))
            {
                RecordPeer(audience, change.Kind, roomId, change.UserId!.Value, change.Position);
                peers.UnionWith(audience.Feeds);
            }
        }

        return peers;
    }

    private static void RecordPeer(
        RoomAudience audience, ChangeKinds kind, RoomId roomId, UserId member, StreamPosition position)
    {
        audience.PeersOf(kind).Record(member, position);
        foreach (var feed in audience.Feeds)
        {
            feed.RecordPeers(kind, roomId, position);
        }
    }

    private void Subscribe(UserFeed feed, RoomId roomId)
    {
        if (!_audiences.TryGetValue(roomId, out var audience))
        {
            _audiences.Add(roomId, audience = new());
        }

        audience.Feeds.Add(feed);
    }

    private void Unsubscribe(UserFeed feed, RoomId roomId)
    {
        if (_audiences.TryGetValue(roomId, out var audience) && audience.Feeds.Remove(feed) && audience.Feeds.Count == 0)
        {
            _audiences.Remove(roomId);
        }
    }
}
