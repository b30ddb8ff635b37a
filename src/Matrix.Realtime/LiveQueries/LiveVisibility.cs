using Matrix.Realtime.AccountData;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Presence;
using Matrix.Realtime.PushRules;
using Matrix.Realtime.Receipts;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;
using Matrix.Realtime.Typing;

namespace Matrix.Realtime.LiveQueries;

/// <summary>
/// Which changes a user may learn of, by the rules of their sync: the view decides, not the moment of the change.
/// </summary>
internal sealed class LiveVisibility(RoomStates states, AccountDataService accountData, PresenceRouting routing)
{
    public async ValueTask<bool> CanSeeAsync(
        LiveView view, UserId userId, StreamChange change, CancellationToken cancellationToken)
    {
        // Most of what happens on a server is somewhere else: that is found out without the rest.
        var rooms = await states.GetUserRoomsAsync(view, userId, cancellationToken);
        if (change.IsRoomWide && !rooms.Rooms.ContainsKey(change.RoomId!.Value))
        {
            return false;
        }

        switch (change)
        {
            case AccountDataChange or PushRulesChange:
                return change.UserId == userId;
            case ReceiptChange { Reader: var reader, RoomId: { } roomId } when reader == userId:
                return rooms[roomId].IsJoined;
            case ReceiptChange { IsPrivate: true }:
                return false;
        }

        var own = await accountData.GetAsync(view, userId, cancellationToken);
        return change switch
        {
            TypingChange { RoomId: { } roomId, Typist: var typist } =>
                rooms[roomId].IsJoined && !own.Ignored.Now.Contains(typist),
            ReceiptChange { RoomId: { } roomId, Reader: var reader } =>
                rooms[roomId].IsJoined && !own.Ignored.Now.Contains(reader),
            PresenceChange { Presence.UserId: var other } =>
                other == userId
                || (!own.Ignored.Now.Contains(other) && await SharesRoomAsync(view, rooms, other, cancellationToken)),
            RoomEventChange added when added.UserId == userId =>
                !await IsHiddenInviteAsync(added, rooms[added.Pdu.RoomId], own, cancellationToken),
            RoomEventChange { Pdu: { StateKey: null, Sender: var sender } }
                when own.Ignored.Hides(sender, change.Position) => false,
            RoomEventChange added => await CanSeeEventAsync(view, rooms[added.Pdu.RoomId], added, cancellationToken),
            _ => false,
        };
    }

    private async ValueTask<bool> CanSeeEventAsync(
        LiveView view, UserRoom user, RoomEventChange added, CancellationToken cancellationToken)
    {
        if (!user.IsJoined && !(added.Position <= user.LeftAt()))
        {
            return false;
        }

        return user.At(added.Position) == Memberships.Join
            || HistoryVisibility.CanSee(
                await states.GetRoomAsync(view, added.Pdu.RoomId, cancellationToken), user, added.Position);
    }

    private async ValueTask<bool> SharesRoomAsync(
        LiveView view, UserRooms rooms, UserId other, CancellationToken cancellationToken)
    {
        var theirs = await states.GetUserRoomsAsync(view, other, cancellationToken);
        foreach (var roomId in rooms.Joined)
        {
            if (theirs[roomId].IsJoined && await routing.RoutesAsync(view, roomId, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether a change of the user's own membership is an invite that is kept from them, or the end of one by somebody
    /// else.
    /// </summary>
    private async ValueTask<bool> IsHiddenInviteAsync(
        RoomEventChange added, UserRoom user, AccountDataState own, CancellationToken cancellationToken)
    {
        var (roomId, position) = (added.Pdu.RoomId, added.Position);
        if (added.Pdu.Membership == Memberships.Invite)
        {
            return own.BlocksInvites || own.Ignored.Hides(added.Pdu.Sender, position);
        }

        if (added.Pdu.Membership != Memberships.Leave
            || added.Pdu.Sender == added.UserId
            || own.Ignored.Periods.IsEmpty
            || user.At(position.Previous) != Memberships.Invite)
        {
            return false;
        }

        var from = user.Periods.Last(period => period.From < position).From;
        var invites = await states.GetInvitesAsync(roomId, added.UserId!.Value, from, position, cancellationToken);
        return invites.All(invite => own.Ignored.HidesThroughout(invite.Sender, invite.Position, position));
    }
}
