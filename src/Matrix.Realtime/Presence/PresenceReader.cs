using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Presence;

/// <summary>Reads the presence that a sync has to tell. Costs what has changed, as long as the token is recent.</summary>
/// <remarks>Whoever is there polls, or did a moment ago: so the pollers of a room are all of its members who are there.</remarks>
internal sealed class PresenceReader(
    LiveState live,
    PresenceTable table,
    PresenceStore store,
    PresenceTracker tracker,
    PresenceRouting routing,
    RoomStates states,
    IOptions<RealtimeOptions> options,
    TimeProvider time)
{
    private readonly PresenceOptions _options = options.Value.Presence;

    public PresenceEvent ToEvent(UserPresence presence)
    {
        var lastActiveTs = _options.ShareLastActive ? tracker.LastActiveTs(presence) : 0;
        return new(presence, lastActiveTs == 0 ? null : Math.Max(0, time.GetUtcNow().ToUnixTimeMilliseconds() - lastActiveTs));
    }

    public async ValueTask<IReadOnlyList<PresenceEvent>> ReadAsync(PresenceQuery query, CancellationToken cancellationToken)
    {
        if (query.Filter.AllowsNothing || !query.Filter.AllowsAny(PresenceEvent.Type))
        {
            return [];
        }

        var found = new Dictionary<UserId, UserPresence>();
        await ReadOwnAsync(query, found, cancellationToken);
        if (query.Since is not { } since)
        {
            await ReadPresentAsync(query, found, cancellationToken);
        }
        else if (query.Feed.TryGetRoomsOfPeers(ChangeKinds.Presence, since, out var rooms))
        {
            await ReadNewsAsync(query, since, rooms, found, cancellationToken);
        }
        else
        {
            await ReadGapAsync(query, since, found, cancellationToken);
        }

        await ReadReconsideredAsync(query, found, cancellationToken);
        var wanted = found.Values
            .Where(presence => presence.IsKnown
                && query.Filter.Senders.Allows(presence.UserId)
                && !query.Ignored.Contains(presence.UserId));
        return found.Count == 0 ? [] :
        [
            .. wanted.OrderByDescending(presence => presence.Position).Take(query.Filter.Limit ?? int.MaxValue).Select(ToEvent),
        ];
    }

    private async ValueTask ReadOwnAsync(
        PresenceQuery query, Dictionary<UserId, UserPresence> found, CancellationToken cancellationToken)
    {
        var own = await GetAsync(query, query.UserId, cancellationToken);
        if (query.Since is { } since ? own.Position > since : _options.Enabled)
        {
            found[query.UserId] = own;
        }
    }

    /// <summary>All who are there.</summary>
    private async ValueTask ReadPresentAsync(
        PresenceQuery query, Dictionary<UserId, UserPresence> found, CancellationToken cancellationToken)
    {
        foreach (var roomId in query.Rooms.Joined)
        {
            await ReadPollersAsync(query, roomId, found, (_, presence) => presence.State != PresenceState.Offline, cancellationToken);
        }
    }

    /// <summary>What changed in these rooms, and who is there in those that the user has just joined.</summary>
    private async ValueTask ReadNewsAsync(
        PresenceQuery query,
        StreamPosition since,
        List<RoomId> rooms,
        Dictionary<UserId, UserPresence> found,
        CancellationToken cancellationToken)
    {
        foreach (var roomId in rooms)
        {
            if (query.Rooms[roomId] is not { IsJoined: true } own)
            {
                continue;
            }

            if (own.Since > since)
            {
                await ReadPollersAsync(
                    query, roomId, found, (_, presence) => presence.State != PresenceState.Offline, cancellationToken);
            }

            if (await routing.RoutesAsync(query.View, roomId, cancellationToken))
            {
                foreach (var (userId, position) in live.GetPeers(roomId, ChangeKinds.Presence, since))
                {
                    var presence = await GetAsync(query, userId, cancellationToken);
                    if (presence.Position > since || (_options.Enabled && position <= query.View.Position))
                    {
                        found[userId] = presence;
                    }
                }
            }
        }
    }

    /// <summary>The same for a token from before all that is remembered of rooms.</summary>
    private async ValueTask ReadGapAsync(
        PresenceQuery query,
        StreamPosition since,
        Dictionary<UserId, UserPresence> found,
        CancellationToken cancellationToken)
    {
        List<RoomId> routed = [];
        foreach (var roomId in query.Rooms.Joined)
        {
            if (await routing.RoutesAsync(query.View, roomId, cancellationToken))
            {
                routed.Add(roomId);
            }

            await ReadPollersAsync(
                query,
                roomId,
                found,
                (rooms, _) => query.Rooms[roomId].Since > since || rooms[roomId].Since > since,
                cancellationToken);
        }

        foreach (var presence in await store.ReadChangedAsync(routed, since, cancellationToken))
        {
            found[presence.UserId] = presence;
        }
    }

    /// <summary>Those whom the user ignores no longer.</summary>
    private async ValueTask ReadReconsideredAsync(
        PresenceQuery query, Dictionary<UserId, UserPresence> found, CancellationToken cancellationToken)
    {
        foreach (var userId in query.Reconsidered.Except(query.Ignored))
        {
            var rooms = await states.GetUserRoomsAsync(query.View, userId, cancellationToken);
            foreach (var roomId in query.Rooms.Joined.Where(roomId => rooms[roomId].IsJoined))
            {
                if (await routing.RoutesAsync(query.View, roomId, cancellationToken))
                {
                    found[userId] = await GetAsync(query, userId, cancellationToken);
                    break;
                }
            }
        }
    }

    /// <summary>Those who poll in a room and whom the condition, of their rooms and their presence, selects.</summary>
    private async ValueTask ReadPollersAsync(
        PresenceQuery query,
        RoomId roomId,
        Dictionary<UserId, UserPresence> found,
        Func<UserRooms, UserPresence, bool> isWanted,
        CancellationToken cancellationToken)
    {
        if (!_options.Enabled || !await routing.RoutesAsync(query.View, roomId, cancellationToken))
        {
            return;
        }

        foreach (var userId in live.GetPollers(roomId))
        {
            if (userId != query.UserId && !found.ContainsKey(userId))
            {
                var rooms = await states.GetUserRoomsAsync(query.View, userId, cancellationToken);
                var presence = await GetAsync(query, userId, cancellationToken);
                if (rooms[roomId].IsJoined && isWanted(rooms, presence))
                {
                    found[userId] = presence;
                }
            }
        }
    }

    private ValueTask<UserPresence> GetAsync(PresenceQuery query, UserId userId, CancellationToken cancellationToken) =>
        live.GetAsync(query.View, table, userId, cancellationToken);
}
