using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Sync;

/// <summary>Reads a room up to where the recipient left it; nothing later leaks.</summary>
internal sealed class LeftRoomReader(
    RoomStates states,
    TimelineReader timelines,
    SectionStateReader sectionStates,
    SectionDetailsReader detailsReader)
{
    public async ValueTask<LeftRoomSection?> ReadAsync(
        SyncContext context, RoomId roomId, UserRoom user, CancellationToken cancellationToken)
    {
        // What was left before the client's last sync is history; a first sync asks for it with the filter.
        var isOld = context.IsInitial ? !context.Filter.IncludeLeave : user.Since <= context.Since;
        if (isOld || (context.IsInitial && user.IsForgotten))
        {
            return null;
        }

        var room = await states.GetRoomAsync(context.View, roomId, cancellationToken);
        if (user.LeftAt() is not { } leftAt || leftAt <= context.Since)
        {
            // They were not in the room in between: a declined invite, a ban of somebody who was not there.
            return await HidesInviteAsync(context, room, user, cancellationToken)
                ? null
                : await ReadOwnEventAsync(context, room, user, cancellationToken);
        }

        var hadRoom = !context.IsInitial && user.At(context.Since) == Memberships.Join && !user.JoinsAfter(context.Since);
        var after = hadRoom ? context.Since : StreamPosition.Zero;
        var timeline = await timelines.ReadAsync(context, room, user, after, user.Since, cancellationToken);
        var state = await sectionStates.ReadAsync(
            context, room, timeline, hadRoom ? after : null, leftAt, summary: null, cancellationToken);
        var details = await detailsReader.ReadAsync(context, room, user, timeline, state, cancellationToken);
        return new LeftRoomSection
        {
            RoomId = roomId,
            Timeline = timeline,
            State = state,
            Details = details,
            AccountData = AccountDataSection.OfRoom(context, roomId, after),
        };
    }

    /// <summary>
    /// Whether others have ended an invite that the recipient cannot know of: whoever made it was ignored all the
    /// while.
    /// </summary>
    private async ValueTask<bool> HidesInviteAsync(
        SyncContext context, RoomState room, UserRoom user, CancellationToken cancellationToken)
    {
        var ignored = context.AccountData.Ignored;
        if (ignored.Periods.IsEmpty
            || user.Periods is not [.., { Membership: Memberships.Invite } invited, { Membership: Memberships.Leave }]
            || room.Members[context.UserId.Value].Sender == context.UserId)
        {
            return false;
        }

        var invites = await states.GetInvitesAsync(
            room.RoomId, context.UserId, invited.From, user.Since, cancellationToken);
        return invites.All(invite => ignored.HidesThroughout(invite.Sender, invite.Position, user.Since));
    }

    private async ValueTask<LeftRoomSection> ReadOwnEventAsync(
        SyncContext context, RoomState room, UserRoom user, CancellationToken cancellationToken)
    {
        var before = user.Since.Previous;
        var timeline = await timelines.ReadAsync(context, room, user, before, user.Since, cancellationToken);
        var details = await detailsReader.ReadAsync(context, room, user, timeline, [], cancellationToken);
        return new LeftRoomSection
        {
            RoomId = room.RoomId,
            Timeline = timeline,
            State = [],
            Details = details,
            AccountData = AccountDataSection.OfRoom(context, room.RoomId, before),
        };
    }
}
