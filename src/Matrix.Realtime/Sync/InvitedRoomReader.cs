using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Sync;

/// <summary>Reads what somebody may see of a room that they are invited to or have knocked on.</summary>
internal sealed class InvitedRoomReader(RoomStates states)
{
    private static readonly string[] StrippedTypes =
    [
        EventTypes.Create, EventTypes.Name, EventTypes.Avatar, EventTypes.Topic, EventTypes.JoinRules,
        EventTypes.CanonicalAlias, EventTypes.Encryption,
    ];

    /// <summary>
    /// The section, or null when the client has it already, or does not want to be invited, or not by them.
    /// </summary>
    public async ValueTask<InvitedRoomSection?> ReadAsync(
        SyncContext context, RoomId roomId, UserRoom user, CancellationToken cancellationToken)
    {
        var room = await states.GetRoomAsync(context.View, roomId, cancellationToken);
        var isInvite = user.Membership == Memberships.Invite;
        var own = isInvite
            ? await FindInviteAsync(context, room, user, cancellationToken)
            : room.Members[context.UserId.Value];
        var isWhole = context.IsInitial || context.Request.FullState;
        if (own is null || (!isWhole && own.Position <= context.Since))
        {
            return null;
        }

        var stripped = StrippedTypes.Select(type => room.FindEvent(type, string.Empty)).OfType<RoomEvent>().ToList();
        stripped.Add(own);
        if (isInvite && room.Members.TryGetValue(own.Sender.Value, out var inviter))
        {
            stripped.Add(inviter);
        }

        return new InvitedRoomSection { RoomId = roomId, IsInvite = isInvite, StrippedState = stripped };
    }

    /// <summary>
    /// The latest invite that is not hidden: people whom the recipient ignores cannot take away that of another.
    /// </summary>
    private async ValueTask<RoomEvent?> FindInviteAsync(
        SyncContext context, RoomState room, UserRoom user, CancellationToken cancellationToken)
    {
        if (context.AccountData.BlocksInvites)
        {
            return null;
        }

        var latest = room.Members[context.UserId.Value];
        if (!context.IsIgnored(latest.Sender, latest.Position))
        {
            return latest;
        }

        var earlier = await states.GetInvitesAsync(
            room.RoomId, context.UserId, user.Since, latest.Position, cancellationToken);
        return earlier.LastOrDefault(invite => !context.IsIgnored(invite.Sender, invite.Position));
    }
}
