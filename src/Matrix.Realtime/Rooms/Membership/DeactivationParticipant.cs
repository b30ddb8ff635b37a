using Matrix.Realtime.Accounts.Management;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Matrix.Realtime.Rooms.Membership;

/// <summary>Takes users who give their account up out of all rooms.</summary>
internal sealed class DeactivationParticipant(
    MembershipService membership, RoomStates states, ILogger<DeactivationParticipant> logger) : IDeactivationParticipant
{
    public async Task OnDeactivatedAsync(UserId userId)
    {
        var rooms = await states.GetUserRoomsAsync(states.Current, userId, CancellationToken.None);
        foreach (var (roomId, room) in rooms.Rooms)
        {
            if (room.Membership is Memberships.Join or Memberships.Invite or Memberships.Knock)
            {
                await LeaveAsync(userId, roomId);
            }
        }
    }

    /// <summary>Those who are in a room, or ask to be. Invites that came later are as good as none.</summary>
    public async Task<List<UserId>> FindUnfinishedAsync(
        MatrixDbContext database, IReadOnlyList<UserId> deactivated, CancellationToken cancellationToken)
    {
        var stateKeys = deactivated.Select(userId => userId.Value).ToList();
        var found = await database.Set<StateRow>()
            .Where(row => EF.Parameter(stateKeys).Contains(row.StateKey) && row.Until == StreamPosition.Never)
            .Where(row => row.Membership == Memberships.Join || row.Membership == Memberships.Knock)
            .Select(row => row.StateKey).Distinct().ToListAsync(cancellationToken);
        return [.. found.Select(UserId.Parse)];
    }

    private async Task LeaveAsync(UserId userId, RoomId roomId)
    {
        try
        {
            await membership.LeaveAsync(userId, roomId, reason: null, CancellationToken.None);
        }
        catch (Exception exception)
        {
            Log.StillInRoom(logger, userId, roomId, exception);
        }
    }
}
