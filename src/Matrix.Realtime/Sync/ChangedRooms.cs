using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Receipts;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;
using Matrix.Realtime.Typing;
using Matrix.Realtime.UnreadCounts;

namespace Matrix.Realtime.Sync;

/// <summary>Finds the rooms that may have news for a recipient.</summary>
internal sealed class ChangedRooms(
    RoomEventStore events, RoomStates states, TypingService typing, ReceiptReader receipts, UnreadCounter unread)
{
    /// <summary>
    /// The rooms to look at: those that the user's feed has seen change; for tokens older than the feed those that the
    /// store tells; all for a first sync.
    /// </summary>
    public async ValueTask<IReadOnlyCollection<RoomId>> FindAsync(
        SyncContext context, UserFeed feed, CancellationToken cancellationToken)
    {
        if (context.IsInitial || context.Request.FullState)
        {
            return [.. context.Rooms.Rooms.Keys];
        }

        var rooms = feed.TryGetChangedRooms(context.Since, out var changed)
            ? changed
            : await FindInStoreAsync(context, cancellationToken);
        return context.SetAt <= context.Since
            ? rooms
            :
            [
                .. rooms
                    .Union(await FindReconsideredAsync(context, cancellationToken))
                    .Union(await FindCountedAnewAsync(context, cancellationToken)),
            ];
    }

    /// <summary>
    /// The rooms with other counts, now that the recipient has changed their rules or whom they ignore. This looks at
    /// all of their rooms, once for each such change and device.
    /// </summary>
    private async Task<IEnumerable<RoomId>> FindCountedAnewAsync(
        SyncContext context, CancellationToken cancellationToken)
    {
        List<RoomId> found = [];
        foreach (var roomId in context.Rooms.Joined.Where(context.Filter.Allows))
        {
            var room = await states.GetRoomAsync(context.View, roomId, cancellationToken);
            if (await unread.IsSetAfterAsync(
                context.Since, context.View, room, context.Rooms[roomId], context.AccountData, cancellationToken))
            {
                found.Add(roomId);
            }
        }

        return found;
    }

    /// <summary>
    /// The rooms where the client may show another typing list than it should by now, or lacks receipts.
    /// </summary>
    private async Task<IEnumerable<RoomId>> FindReconsideredAsync(
        SyncContext context, CancellationToken cancellationToken)
    {
        if (context.Reconsidered.Count == 0)
        {
            return [];
        }

        var joined = context.Rooms.Joined.ToHashSet();
        var found = new HashSet<RoomId>(
            await typing.ReadRoomsOfAsync(joined, context.Reconsidered, context.Since, cancellationToken));
        foreach (var userId in context.Reconsidered)
        {
            found.UnionWith((await receipts.GetOwnAsync(context.View, userId, cancellationToken)).Rooms.Keys);
        }

        return found.Where(joined.Contains);
    }

    private async Task<IReadOnlyCollection<RoomId>> FindInStoreAsync(
        SyncContext context, CancellationToken cancellationToken)
    {
        var joined = context.Rooms.Joined.ToList();
        var invited = context.Rooms.Rooms
            .Where(room => room.Value.Membership == Memberships.Invite).Select(room => room.Key);
        return new HashSet<RoomId>(
        [
            .. await events.ReadChangedRoomsAsync([.. joined, .. invited], context.Since, cancellationToken),
            .. await typing.ReadChangedRoomsAsync(joined, context.Since, cancellationToken),
            .. await receipts.ReadChangedRoomsAsync(joined, context.Since, cancellationToken),
            .. (await receipts.GetOwnAsync(context.View, context.UserId, cancellationToken)).Rooms
                .Where(room => room.Value.ChangedAt > context.Since).Select(room => room.Key),
            .. context.Rooms.Rooms.Where(room => room.Value.Since > context.Since).Select(room => room.Key),
            .. context.AccountData.Rooms
                .Where(room => room.Value.Values.Any(entry => entry.Position > context.Since)).Select(room => room.Key),
        ]);
    }
}
