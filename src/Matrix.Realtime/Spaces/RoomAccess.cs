using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Authorization;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Spaces;

/// <summary>Who may be told what a room is before they are in it.</summary>
internal sealed class RoomAccess(RoomStates states)
{
    /// <summary>
    /// Whether a user may find the room: because they are in it, could enter it or ask to, or read it from outside.
    /// </summary>
    /// <param name="view">The moment.</param>
    /// <param name="room">The room.</param>
    /// <param name="userId">The user; null for somebody who is not logged in.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async ValueTask<bool> MayFindAsync(
        LiveView view, RoomState room, UserId? userId, CancellationToken cancellationToken)
    {
        if (!room.Exists)
        {
            return false;
        }

        var facts = RoomFacts.Of(room);
        var membership = userId is { } user ? room.MembershipOf(user) : Memberships.Leave;
        return facts.IsWorldReadable || membership switch
        {
            Memberships.Join or Memberships.Invite => true,
            Memberships.Ban => false,
            _ => facts.JoinRule == JoinRules.Public
                || JoinRules.AllowsKnocking(facts.JoinRule)
                || (facts.JoinRule == JoinRules.Restricted && userId is { } outsider
                    && await IsInAllowedRoomAsync(view, room, outsider, cancellationToken)),
        };
    }

    private async ValueTask<bool> IsInAllowedRoomAsync(
        LiveView view, RoomState room, UserId userId, CancellationToken cancellationToken)
    {
        var rooms = await states.GetUserRoomsAsync(view, userId, cancellationToken);
        return room.RoomsAllowedToJoin().Any(allowed => rooms[allowed].IsJoined);
    }
}
