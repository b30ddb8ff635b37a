using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Rooms.Writing;
using Matrix.Realtime.Streams;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.Rooms.Membership;

/// <summary>Joins, invites and leaves.</summary>
internal sealed class MembershipService(
    ChangeWriter writer, RoomEventWriter events, RoomStates states, RoomTable rooms, IOptions<RealtimeOptions> options)
{
    /// <summary>Joins the room; joining twice changes nothing.</summary>
    public async Task JoinAsync(UserId userId, RoomId roomId, string? reason, CancellationToken cancellationToken)
    {
        var room = await states.GetRoomAsync(states.Current, roomId, cancellationToken);
        if (!room.Exists)
        {
            throw MatrixException.NotFound("There is no such room on this server.");
        }

        await ChangeAsync(roomId, userId, userId, Memberships.Join, MemberContent.Create(Memberships.Join, reason), cancellationToken);
    }

    /// <summary>Invites a user of this server; inviting an invited user again changes nothing.</summary>
    public Task InviteAsync(
        UserId sender, UserId invited, RoomId roomId, string? reason, CancellationToken cancellationToken)
    {
        RequireLocal(invited);
        return ChangeAsync(
            roomId, sender, invited, Memberships.Invite, MemberContent.Create(Memberships.Invite, reason), cancellationToken);
    }

    /// <summary>Leaves the room, or turns its invite down; leaving twice changes nothing.</summary>
    public Task LeaveAsync(UserId userId, RoomId roomId, string? reason, CancellationToken cancellationToken) =>
        ChangeAsync(
            roomId, userId, userId, Memberships.Leave, MemberContent.Create(Memberships.Leave, reason), cancellationToken);

    /// <summary>Refuses users of other servers: without federation they would never learn of it.</summary>
    public void RequireLocal(UserId userId)
    {
        if (!userId.ServerName.SequenceEqual(options.Value.ServerName))
        {
            throw MatrixException.Forbidden("Users of other servers cannot be reached from here.");
        }
    }

    private async Task ChangeAsync(
        RoomId roomId, UserId sender, UserId target, string membership, byte[] content, CancellationToken cancellationToken)
    {
        await states.GetRoomAsync(states.Current, roomId, cancellationToken);
        await writer.SubmitAsync(
            async batch =>
            {
                var room = await batch.GetAsync(rooms, roomId);
                RequireKnown(room, sender, membership);
                if (room.MembershipOf(target) != membership || room.Members.GetValueOrDefault(target.Value) is null)
                {
                    await events.AppendAsync(batch, room, new EventDraft
                    {
                        Type = EventTypes.Member,
                        StateKey = target.Value,
                        Sender = sender,
                        Content = content,
                    });
                }
            },
            cancellationToken);
    }

    /// <summary>Whoever never had to do with a room cannot leave it or invite to it, and does not learn whether it exists.</summary>
    private static void RequireKnown(RoomState room, UserId sender, string membership)
    {
        if (!room.Exists || (membership != Memberships.Join && !room.Members.ContainsKey(sender.Value)))
        {
            throw MatrixException.Forbidden("You are not in this room.");
        }
    }
}
