using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Keys.DeviceLists;

/// <summary>
/// Finds whose devices are news for a user: those with whom they share a room whose devices or keys changed, or with
/// whom they did not share one before; and those with whom they share none any more. As of one view, for any earlier
/// position, and for as often as it is asked. Costs what has changed, as long as the position is recent.
/// </summary>
internal sealed class DeviceListReader(
    LiveState live, RoomStates states, DeviceListTable table, DeviceListStore store, RoomMates mates)
{
    public async ValueTask<DeviceListNews> ReadAsync(DeviceListQuery query, CancellationToken cancellationToken)
    {
        var own = await live.GetAsync(query.View, table, query.UserId, cancellationToken);
        var changed = new HashSet<UserId>();
        if (own.ChangedAt > query.Since)
        {
            changed.Add(query.UserId);
        }

        changed.UnionWith(own.Signed.Where(signed => signed.Value > query.Since).Select(signed => signed.Key));
        var candidates = await FindCandidatesAsync(query, changed, cancellationToken);
        candidates.ExceptWith(changed);
        candidates.Remove(query.UserId);
        var left = new HashSet<UserId>();
        foreach (var (userId, shared, shares) in await mates.FindAsync(query, candidates, cancellationToken))
        {
            if (!shares)
            {
                _ = shared && left.Add(userId);
            }
            else if (!shared || await HasChangedAsync(query, userId, cancellationToken))
            {
                changed.Add(userId);
            }
        }

        return changed.Count + left.Count == 0 ? DeviceListNews.None : new DeviceListNews(changed, left);
    }

    /// <summary>Loads what the next sync of a user is going to ask for, so that it reads no database.</summary>
    public async ValueTask PrepareAsync(LiveView view, UserId userId, CancellationToken cancellationToken) =>
        await live.GetAsync(view, table, userId, cancellationToken);

    /// <summary>
    /// Those of whom something has to be found out. Those who must be told in any case are added to the ones who
    /// changed.
    /// </summary>
    private async ValueTask<HashSet<UserId>> FindCandidatesAsync(
        DeviceListQuery query, HashSet<UserId> changed, CancellationToken cancellationToken)
    {
        var candidates = new HashSet<UserId>();
        if (query.Feed is { } feed
            && feed.TryGetChangedRooms(query.Since, out var rooms)
            && feed.TryGetRoomsOfPeers(ChangeKinds.DeviceLists, query.Since, out var roomsOfPeers))
        {
            foreach (var roomId in roomsOfPeers)
            {
                candidates.UnionWith(
                    live.GetPeers(roomId, ChangeKinds.DeviceLists, query.Since).Select(peer => peer.UserId));
            }

            await ReadRoomsAsync(query, rooms, changed, candidates, cancellationToken);
            return candidates;
        }

        var moved = query.Rooms.Rooms.Where(room => room.Value.Since > query.Since).Select(room => room.Key);
        await ReadRoomsAsync(
            query,
            [.. moved.Union(await store.ReadEncryptedRoomsAsync(query, cancellationToken))],
            changed,
            candidates,
            cancellationToken);
        changed.UnionWith(await store.ReadChangedAsync(query, cancellationToken));
        candidates.UnionWith(await store.ReadMovedAsync(query, cancellationToken));
        return candidates;
    }

    /// <summary>The members of rooms that the user has entered or left, or that have been encrypted.</summary>
    private async ValueTask ReadRoomsAsync(
        DeviceListQuery query,
        IReadOnlyCollection<RoomId> rooms,
        HashSet<UserId> changed,
        HashSet<UserId> candidates,
        CancellationToken cancellationToken)
    {
        foreach (var roomId in rooms)
        {
            var own = query.Rooms[roomId];
            var hasMoved = own.Since > query.Since;
            if (!own.IsJoined && !hasMoved)
            {
                continue;
            }

            var room = await states.GetRoomAsync(query.View, roomId, cancellationToken);
            if (own.IsJoined && (hasMoved || IsNewlyEncrypted(room, query.Since)))
            {
                changed.UnionWith(JoinedAmong(room.Members.Values).Where(userId => userId != query.UserId));
            }

            if (hasMoved && own.At(query.Since) == Memberships.Join)
            {
                candidates.UnionWith(
                    JoinedAmong(await states.GetMembersAtAsync(room, query.Since, cancellationToken)));
            }
        }
    }

    private async ValueTask<bool> HasChangedAsync(
        DeviceListQuery query, UserId userId, CancellationToken cancellationToken) =>
        (await live.GetAsync(query.View, table, userId, cancellationToken)).ChangedAt > query.Since;

    private static bool IsNewlyEncrypted(RoomState room, StreamPosition since) =>
        room.FindEvent(EventTypes.Encryption, string.Empty) is { } encryption
        && encryption.Position > since
        && (encryption.Replaces is not { } earlier || earlier > since);

    /// <summary>Users join themselves only, so the sender of a join is who is joined.</summary>
    private static IEnumerable<UserId> JoinedAmong(IEnumerable<RoomEvent> members) => members
        .Where(member => member.Pdu.Membership == Memberships.Join)
        .Select(member => member.Sender);
}
