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
        if (!context.IsInitial && !context.Request.FullState && user.Since <= context.Since)
        {
            return null;
        }

        var room = await states.GetRoomAsync(context.View, roomId, cancellationToken);
        var own = room.Members[context.UserId.Value];
        var isInvite = own.Sender != context.UserId;
        if (isInvite && (context.AccountData.BlocksInvites || context.IsIgnored(own.Sender, own.Position)))
        {
            return null;
        }

        var stripped = StrippedTypes.Select(type => room.FindEvent(type, string.Empty)).OfType<RoomEvent>().ToList();
        stripped.Add(own);
        if (isInvite && room.Members.TryGetValue(own.Sender.Value, out var inviter))
        {
            stripped.Add(inviter);
        }

        return new InvitedRoomSection(roomId, stripped);
    }
}
