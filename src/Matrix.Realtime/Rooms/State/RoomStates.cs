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

    /// <summary>The user's joined rooms in a view, or null when they are not loaded.</summary>
    public IEnumerable<RoomId>? FindJoinedRooms(LiveView view, UserId userId) =>
        view.TryFind(userRooms, userId, out var found) ? found.Joined : null;

    /// <summary>The state of the room as of a position, not after the room's own.</summary>
    public async ValueTask<IReadOnlyCollection<RoomEvent>> GetStateAtAsync(
        RoomState room, StreamPosition at, CancellationToken cancellationToken) =>
        room.RecentReachesBackTo(at)
            ? [.. room.StateAt(at)]
            : await events.ReadStateAsync(room.RoomId, at, cancellationToken);

    /// <summary>The state events in (after, through] of the room that still held at the end of it.</summary>
    public async ValueTask<IReadOnlyCollection<RoomEvent>> GetStateChangesAsync(
        RoomState room, StreamPosition after, StreamPosition through, CancellationToken cancellationToken) =>
        room.RecentReachesBackTo(after)
            ? [.. room.StateChanges(after, through)]
            : await events.ReadStateChangesAsync(room.RoomId, after, through, cancellationToken);

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
        var room = await GetRoomAsync(view, roomId, cancellationToken);
        var user = (await GetUserRoomsAsync(view, userId, cancellationToken))[roomId];
        if (room.Exists && (user.IsJoined || HistoryVisibility.CanSeeNow(room, user)))
        {
            return new VisibleRoom(room, user, view.Position);
        }

        return room.Exists && !user.IsForgotten && user.LeftAt() is { } leftAt
            ? new VisibleRoom(room, user, leftAt)
            : throw MatrixException.Forbidden("You are not in this room.");
    }
}
