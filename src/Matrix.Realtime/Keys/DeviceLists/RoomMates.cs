using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Keys.DeviceLists;

/// <summary>Tells of some users whether another shares a room with them, and did before.</summary>
internal sealed class RoomMates(RoomStates states, DeviceListStore store)
{
    /// <summary>Users who are loaded one by one, and then live, rather than asked for in the store.</summary>
    private const int MaxLoaded = 16;

    public async ValueTask<IReadOnlyList<RoomMate>> FindAsync(
        DeviceListQuery query, IReadOnlyCollection<UserId> users, CancellationToken cancellationToken)
    {
        List<RoomMate> found = [];
        List<UserId> unknown = [];
        foreach (var userId in users)
        {
            if (states.FindUserRooms(query.View, userId) is { } rooms)
            {
                found.Add(new(userId, query.SharedWith(rooms), query.SharesWith(rooms)));
            }
            else
            {
                unknown.Add(userId);
            }
        }

        if (unknown.Count > MaxLoaded)
        {
            found.AddRange(await store.ReadRoomMatesAsync(query, unknown, cancellationToken));
            return found;
        }

        foreach (var userId in unknown)
        {
            var rooms = await states.GetUserRoomsAsync(query.View, userId, cancellationToken);
            found.Add(new(userId, query.SharedWith(rooms), query.SharesWith(rooms)));
        }

        return found;
    }
}
