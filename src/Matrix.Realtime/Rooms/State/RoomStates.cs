using System.Collections.Frozen;
using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Rooms.State;

/// <summary>Rooms and memberships as of a view; loads what is not live.</summary>
internal sealed class RoomStates(
    LiveState live, RoomTable rooms, UserRoomsTable userRooms, RoomEventStore events, EventPlaces places)
{
    public LiveView Current => live.Current;

    public ValueTask<RoomState> GetRoomAsync(LiveView view, RoomId roomId, CancellationToken cancellationToken) =>
        live.GetAsync(view, rooms, roomId, cancellationToken);

    public ValueTask<UserRooms> GetUserRoomsAsync(LiveView view, UserId userId, CancellationToken cancellationToken) =>
        live.GetAsync(view, userRooms, userId, cancellationToken);

    /// <summary>The rooms of a user, when they are live.</summary>
    public UserRooms? FindUserRooms(LiveView view, UserId userId) =>
        view.TryFind(userRooms, userId, out var found) ? found : null;

    /// <summary>Whether the user is joined to the room, with what a batch has done so far.</summary>
    public async ValueTask<bool> IsJoinedAsync(ChangeBatch batch, RoomId roomId, UserId userId) =>
        (await batch.GetAsync(userRooms, userId))[roomId].IsJoined;

    /// <summary>An event of the room, however old; null when it is not there.</summary>
    public async ValueTask<RoomEvent?> FindEventAsync(
        LiveView view, RoomId roomId, EventId eventId, CancellationToken cancellationToken) =>
        (await GetRoomAsync(view, roomId, cancellationToken)).FindRecent(eventId)
        ?? await events.FindAsync(roomId, eventId, cancellationToken);

    /// <summary>Where an event stands in the room, however old it is; null when it is not there.</summary>
    public async ValueTask<EventPlace?> FindPlaceAsync(
        LiveView view, RoomId roomId, EventId eventId, CancellationToken cancellationToken) =>
        (await GetRoomAsync(view, roomId, cancellationToken)).FindRecent(eventId)?.Place
        ?? await places.FindAsync(roomId, eventId, cancellationToken);

    /// <summary>The same with what a batch has done so far.</summary>
    public async ValueTask<EventPlace?> FindPlaceAsync(ChangeBatch batch, RoomId roomId, EventId eventId) =>
        (await batch.GetAsync(rooms, roomId)).FindRecent(eventId)?.Place
        ?? await batch.ReadAsync((database, cancellationToken) =>
            RoomEventQueries.FindPlaceAsync(database, roomId, eventId, cancellationToken));

    /// <summary>Starts or refreshes the feed of a user.</summary>
    /// <seealso cref="LiveState.Follow"/>
    public async ValueTask<UserFeed> FollowAsync(UserId userId, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (live.Follow(userId, view => view.TryFind(userRooms, userId, out var found) ? found.Joined : null) is { } feed)
            {
                return feed;
            }

            await GetUserRoomsAsync(live.Current, userId, cancellationToken);
        }
    }

    /// <summary>The state of the room as of a position, not after the room's own.</summary>
    public async ValueTask<IReadOnlyCollection<RoomEvent>> GetStateAtAsync(
        RoomState room, StreamPosition at, CancellationToken cancellationToken) =>
        room.RecentReachesBackTo(at)
            ? [.. room.StateAt(at)]
            : await events.ReadStateAsync(room.RoomId, at, which: null, cancellationToken);

    /// <summary>The same with no members but those named; costs nothing for all others.</summary>
    public async ValueTask<IReadOnlyCollection<RoomEvent>> GetStateAtAsync(
        RoomState room, StreamPosition at, IReadOnlySet<string> members, CancellationToken cancellationToken) =>
        room.RecentReachesBackTo(at)
            ? [.. room.StateAt(at, members)]
            : await events.ReadStateAsync(
                room.RoomId,
                at,
                row => row.Type != EventTypes.Member || members.Contains(row.StateKey),
                cancellationToken);

    /// <summary>The member events as of a position, not after the room's own.</summary>
    public async ValueTask<IEnumerable<RoomEvent>> GetMembersAtAsync(
        RoomState room, StreamPosition at, CancellationToken cancellationToken) =>
        at >= room.Position ? room.Members.Values
            : room.RecentReachesBackTo(at) ? room.StateAt(at).Where(state => state.Type == EventTypes.Member)
            : await events.ReadStateAsync(room.RoomId, at, row => row.Type == EventTypes.Member, cancellationToken);

    /// <summary>The member events of some users as of a position; costs nothing for all others.</summary>
    public async ValueTask<IReadOnlyCollection<RoomEvent>> GetMembersAtAsync(
        RoomState room, StreamPosition at, IReadOnlySet<string> members, CancellationToken cancellationToken) =>
        room.RecentReachesBackTo(at)
            ? [.. members.Select(member => room.FindEventAt(at, EventTypes.Member, member)).OfType<RoomEvent>()]
            : await events.ReadStateAsync(
                room.RoomId,
                at,
                row => row.Type == EventTypes.Member && members.Contains(row.StateKey),
                cancellationToken);

    /// <summary>One key of the state as of a position.</summary>
    public async ValueTask<RoomEvent?> FindStateAtAsync(
        RoomState room, StreamPosition at, string type, string stateKey, CancellationToken cancellationToken) =>
        room.RecentReachesBackTo(at)
            ? room.FindEventAt(at, type, stateKey)
            : (await events.ReadStateAsync(
                room.RoomId, at, row => row.Type == type && row.StateKey == stateKey, cancellationToken)).SingleOrDefault();

    /// <summary>The member event of each sender as of the last of their events among the given ones.</summary>
    public async ValueTask<IReadOnlyCollection<RoomEvent>> GetSendersAsync(
        RoomState room, IReadOnlyCollection<RoomEvent> sent, CancellationToken cancellationToken)
    {
        var last = sent.GroupBy(roomEvent => roomEvent.Sender)
            .ToDictionary(group => group.Key.Value, group => group.Max(roomEvent => roomEvent.Position));
        var unchanged = last.Keys.Select(room.Members.GetValueOrDefault).OfType<RoomEvent>()
            .Where(member => member.Position <= last[member.StateKey!]).ToList();
        List<string> changed = [.. last.Keys.Except(unchanged.Select(member => member.StateKey!))];
        if (changed.Count == 0)
        {
            return unchanged;
        }

        var times = new PositionRange(last.Values.Min().Previous, last.Values.Max());
        var members = await events.ReadMemberEventsAsync(room.RoomId, changed, times, cancellationToken);
        return
        [
            .. unchanged,
            .. members.Where(member => member.Position <= last[member.StateKey!])
                .GroupBy(member => member.StateKey)
                .Select(group => group.MaxBy(member => member.Position)!),
        ];
    }

    /// <summary>The state events in (after, through] of the room that still held at the end of it.</summary>
    public async ValueTask<IReadOnlyCollection<RoomEvent>> GetStateChangesAsync(
        RoomState room, StreamPosition after, StreamPosition through, CancellationToken cancellationToken) =>
        room.RecentReachesBackTo(after)
            ? [.. room.StateChanges(after, through)]
            : await events.ReadStateChangesAsync(room.RoomId, after, through, cancellationToken);

    /// <summary>
    /// The state events whose place some events of the room took, by their positions. Reads the database once at most,
    /// and not for the latest events.
    /// </summary>
    public async ValueTask<IReadOnlyDictionary<StreamPosition, RoomEvent>> GetReplacedAsync(
        RoomState room, IEnumerable<RoomEvent> events, CancellationToken cancellationToken)
    {
        HashSet<StreamPosition>? wanted = null;
        foreach (var roomEvent in events)
        {
            if (roomEvent.Replaces is { } position)
            {
                (wanted ??= []).Add(position);
            }
        }

        return wanted is null
            ? FrozenDictionary<StreamPosition, RoomEvent>.Empty
            : await FindReplacedAsync(room, wanted, cancellationToken);
    }

    /// <summary>The invites of a user in [from, before), the oldest first.</summary>
    public async ValueTask<IReadOnlyList<RoomEvent>> GetInvitesAsync(
        RoomId roomId,
        UserId userId,
        StreamPosition from,
        StreamPosition before,
        CancellationToken cancellationToken) =>
    [
        .. (await events.ReadMemberEventsAsync(roomId, userId, from, before, cancellationToken))
            .Where(member => member.Pdu.Membership == Memberships.Invite),
    ];

    /// <summary>
    /// The room as the user may see it: as it is for members and in world-readable rooms, as they left it for those who
    /// left.
    /// </summary>
    /// <exception cref="MatrixException">403: the user has never been joined, and the room is not
    /// world-readable.</exception>
    public async ValueTask<VisibleRoom> GetVisibleAsync(
        LiveView view, UserId userId, RoomId roomId, CancellationToken cancellationToken)
    {
        var (room, user) = await GetForUserAsync(view, userId, roomId, cancellationToken);
        if (room.Exists && (user.IsJoined || HistoryVisibility.CanSeeNow(room, user)))
        {
            return new VisibleRoom(room, user, view.Position);
        }

        return room.Exists && user.LeftAt() is { } leftAt
            ? new VisibleRoom(room, user, leftAt)
            : throw MatrixException.Forbidden("You are not in this room.");
    }

    /// <summary>An event for those who may see it, whether or not they may look into its room.</summary>
    /// <exception cref="MatrixException">404: there is no such event for the user.</exception>
    public async ValueTask<(VisibleRoom Room, RoomEvent Event)> GetVisibleEventAsync(
        LiveView view, UserId userId, RoomId roomId, EventId eventId, CancellationToken cancellationToken)
    {
        var (room, user) = await GetForUserAsync(view, userId, roomId, cancellationToken);
        var visible = new VisibleRoom(room, user, room.Position);
        var found = room.FindRecent(eventId) ?? await events.FindAsync(roomId, eventId, cancellationToken);
        return found is not null && visible.CanSee(found.Position)
            ? (visible, found)
            : throw MatrixException.NotFound("There is no such event in this room that you may see.");
    }

    private async Task<Dictionary<StreamPosition, RoomEvent>> FindReplacedAsync(
        RoomState room, HashSet<StreamPosition> wanted, CancellationToken cancellationToken)
    {
        Dictionary<StreamPosition, RoomEvent> found = [];
        foreach (var (_, replaced) in room.Recent)
        {
            if (replaced is not null && wanted.Remove(replaced.Position))
            {
                found.Add(replaced.Position, replaced);
            }
        }

        foreach (var stored in await events.ReadAtAsync(wanted, cancellationToken))
        {
            found.Add(stored.Position, stored);
        }

        return found;
    }

    /// <summary>To those who forgot a room it is as if they had never been there.</summary>
    private async ValueTask<(RoomState Room, UserRoom User)> GetForUserAsync(
        LiveView view, UserId userId, RoomId roomId, CancellationToken cancellationToken)
    {
        var room = await GetRoomAsync(view, roomId, cancellationToken);
        var user = (await GetUserRoomsAsync(view, userId, cancellationToken))[roomId];
        return (room, user.IsForgotten ? UserRoom.None : user);
    }
}
