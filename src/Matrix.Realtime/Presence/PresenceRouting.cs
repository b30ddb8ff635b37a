using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Presence;

/// <summary>Which rooms make their members see each other's presence.</summary>
internal sealed class PresenceRouting(
    RoomStates states, RoomTable rooms, UserRoomsTable userRooms, IOptions<RealtimeOptions> options)
{
    private readonly HashSet<RoomId> _excluded = [.. options.Value.Presence.ExcludedRooms.Select(RoomId.Parse)];
    private readonly int? _maxMembers = options.Value.Presence.MaxRoomMembers;

    /// <summary>Whether the room does.</summary>
    public async ValueTask<bool> RoutesAsync(LiveView view, RoomId roomId, CancellationToken cancellationToken) =>
        !_excluded.Contains(roomId)
        && (_maxMembers is null || (await states.GetRoomAsync(view, roomId, cancellationToken)).JoinedCount <= _maxMembers);

    /// <summary>The rooms through which a user is seen, with what a batch has done so far.</summary>
    public async ValueTask<IReadOnlyCollection<RoomId>> GetRoomsAsync(ChangeBatch batch, UserId userId)
    {
        List<RoomId> routed = [];
        foreach (var roomId in (await batch.GetAsync(userRooms, userId)).Joined)
        {
            if (!_excluded.Contains(roomId)
                && (_maxMembers is null || (await batch.GetAsync(rooms, roomId)).JoinedCount <= _maxMembers))
            {
                routed.Add(roomId);
            }
        }

        return routed;
    }
}
