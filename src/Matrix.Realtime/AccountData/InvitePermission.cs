using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Rooms.Writing;
using Matrix.Realtime.Streams;
using Microsoft.AspNetCore.Http;

namespace Matrix.Realtime.AccountData;

/// <summary>Refuses invites of users who take none, whichever way they are made.</summary>
internal sealed class InvitePermission(LiveState live, AccountDataTable accountData) : IRoomEventParticipant
{
    public async ValueTask PrepareInviteAsync(UserId invited, CancellationToken cancellationToken) =>
        await live.GetAsync(live.Current, accountData, invited, cancellationToken);

    public async ValueTask OnEventAsync(ChangeBatch batch, RoomEventChange change)
    {
        if (change is { Pdu.Membership: Memberships.Invite, UserId: { } invited }
            && (await batch.GetAsync(accountData, invited)).BlocksInvites)
        {
            throw new MatrixException(
                StatusCodes.Status403Forbidden, MatrixErrorCodes.InviteBlocked, "This user does not take invites.");
        }
    }
}
