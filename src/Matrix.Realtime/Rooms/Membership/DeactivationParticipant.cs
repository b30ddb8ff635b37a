using Matrix.Realtime.Accounts.Management;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Rooms.Membership;

/// <summary>Takes users who give their account up out of all rooms.</summary>
internal sealed class DeactivationParticipant(MembershipService membership, RoomStates states) : IDeactivationParticipant
{
    public async Task OnDeactivatedAsync(UserId userId)
    {
        var rooms = await states.GetUserRoomsAsync(states.Current, userId, CancellationToken.None);
        foreach (var (roomId, room) in rooms.Rooms)
        {
            if (room.Membership is Memberships.Join or Memberships.Invite or Memberships.Knock)
            {
                await membership.LeaveAsync(userId, roomId, reason: null, CancellationToken.None);
            }
        }
    }
}
