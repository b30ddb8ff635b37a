using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Rooms.Writing;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Rooms.Membership;

/// <summary>Moves users in and out of rooms. What is so already is left as it is.</summary>
internal sealed class MembershipService(
    ChangeWriter writer,
    RoomEventWriter events,
    RoomStates states,
    RoomTable rooms,
    UserRoomsTable userRooms,
    IMemberProfiles profiles,
    LocalServer server)
{
    public Task JoinAsync(UserId userId, RoomId roomId, string? reason, CancellationToken cancellationToken) =>
        EnterAsync(userId, roomId, Memberships.Join, reason, cancellationToken);

    public Task KnockAsync(UserId userId, RoomId roomId, string? reason, CancellationToken cancellationToken) =>
        EnterAsync(userId, roomId, Memberships.Knock, reason, cancellationToken);

    /// <summary>Invites a user of this server.</summary>
    public async Task InviteAsync(
        UserId sender, UserId invited, RoomId roomId, string? reason, CancellationToken cancellationToken)
    {
        RequireLocal(invited);
        await PrepareInviteAsync(invited, cancellationToken);
        await ChangeAsync(roomId, sender, invited, Memberships.Invite, reason, null, cancellationToken);
    }

    /// <summary>Loads what the writer's loop would have to wait for when a user is invited.</summary>
    public async ValueTask PrepareInviteAsync(UserId invited, CancellationToken cancellationToken)
    {
        await profiles.PrepareAsync(invited, cancellationToken);
        await events.PrepareInviteAsync(invited, cancellationToken);
    }

    /// <summary>Leaves the room, turns its invite down or takes a knock back.</summary>
    public Task LeaveAsync(UserId userId, RoomId roomId, string? reason, CancellationToken cancellationToken) =>
        ChangeAsync(roomId, userId, userId, Memberships.Leave, reason, null, cancellationToken);

    /// <summary>Makes somebody else leave.</summary>
    public Task KickAsync(
        UserId sender, UserId kicked, RoomId roomId, string? reason, CancellationToken cancellationToken) =>
        ChangeAsync(roomId, sender, kicked, Memberships.Leave, reason, RequirePresent, cancellationToken);

    public Task BanAsync(
        UserId sender, UserId banned, RoomId roomId, string? reason, CancellationToken cancellationToken) =>
        ChangeAsync(roomId, sender, banned, Memberships.Ban, reason, null, cancellationToken);

    public Task UnbanAsync(
        UserId sender, UserId banned, RoomId roomId, string? reason, CancellationToken cancellationToken) =>
        ChangeAsync(roomId, sender, banned, Memberships.Leave, reason, RequireBanned, cancellationToken);

    /// <summary>
    /// Removes a room that the user has left from what they can see, until they have to do with it again.
    /// </summary>
    /// <exception cref="MatrixException">400 while they are in it; 403 for a room they never had to do
    /// with.</exception>
    public Task ForgetAsync(UserId userId, RoomId roomId, CancellationToken cancellationToken) =>
        writer.SubmitAsync(
            async batch =>
            {
                var room = (await batch.GetAsync(userRooms, userId))[roomId];
                if (room.Periods.IsEmpty)
                {
                    throw MatrixException.Forbidden("You are not in this room.");
                }

                if (room.Membership is not (Memberships.Leave or Memberships.Ban))
                {
                    throw MatrixException.BadRequest(MatrixErrorCodes.Unknown, "You must leave the room first.");
                }

                if (!room.IsForgotten)
                {
                    var position = batch.Append(new RoomForgottenChange(roomId, userId));
                    batch.Upsert(new ForgottenRoomRow { UserId = userId, RoomId = roomId, Position = position });
                }
            },
            cancellationToken);

    /// <summary>Refuses users of other servers: without federation they would never learn of it.</summary>
    public void RequireLocal(UserId userId)
    {
        if (!server.Owns(userId))
        {
            throw MatrixException.Forbidden("Users of other servers cannot be reached from here.");
        }
    }

    private async Task EnterAsync(
        UserId userId, RoomId roomId, string membership, string? reason, CancellationToken cancellationToken)
    {
        if (!(await states.GetRoomAsync(states.Current, roomId, cancellationToken)).Exists)
        {
            throw MatrixException.NotFound("There is no such room on this server.");
        }

        await ChangeAsync(roomId, userId, userId, membership, reason, null, cancellationToken);
    }

    private async Task ChangeAsync(
        RoomId roomId,
        UserId sender,
        UserId target,
        string membership,
        string? reason,
        Action<string>? requireBefore,
        CancellationToken cancellationToken)
    {
        await states.GetRoomAsync(states.Current, roomId, cancellationToken);
        await writer.SubmitAsync(
            async batch =>
            {
                var room = await batch.GetAsync(rooms, roomId);
                var current = room.Members.GetValueOrDefault(target.Value);
                RequireKnown(room, sender, membership);
                requireBefore?.Invoke(current?.Pdu.Membership ?? Memberships.Leave);
                if (IsNews(current, sender, membership, reason))
                {
                    var profile = await ProfileAsync(batch, target, membership);
                    var isDirect = membership == Memberships.Invite && IsDirectInviteOf(current, sender);
                    await events.AppendAsync(batch, room, new EventDraft
                    {
                        Type = EventTypes.Member,
                        StateKey = target.Value,
                        Sender = sender,
                        Content = MemberContent.Create(membership, profile, reason, isDirect),
                    });
                }
            },
            cancellationToken);
    }

    /// <summary>
    /// An invite counts by who makes it, as that of somebody else may be hidden from the invited; and invites and bans
    /// can be given another reason.
    /// </summary>
    private static bool IsNews(RoomEvent? current, UserId sender, string membership, string? reason)
    {
        if (current?.Pdu.Membership != membership)
        {
            return true;
        }

        var isAnotherReason = reason is not null && reason != current.Content.String("reason");
        return (membership == Memberships.Invite && current.Sender != sender)
            || (membership is Memberships.Invite or Memberships.Ban && isAnotherReason);
    }

    private static bool IsDirectInviteOf(RoomEvent? current, UserId sender) =>
        current?.Pdu.Membership == Memberships.Invite
        && current.Sender == sender
        && current.Content.Boolean("is_direct") == true;

    /// <summary>Those who come are named, those who go need not be.</summary>
    private async ValueTask<MemberProfile> ProfileAsync(ChangeBatch batch, UserId userId, string membership) =>
        membership is Memberships.Join or Memberships.Invite or Memberships.Knock
            ? await profiles.GetAsync(batch, userId)
            : default;

    /// <summary>
    /// Whoever never had to do with a room does not learn whether it exists, unless they knock or join.
    /// </summary>
    private static void RequireKnown(RoomState room, UserId sender, string membership)
    {
        var enters = membership is Memberships.Join or Memberships.Knock;
        if (!room.Exists || (!enters && !room.Members.ContainsKey(sender.Value)))
        {
            throw MatrixException.Forbidden("You are not in this room.");
        }
    }

    private static void RequirePresent(string before)
    {
        if (before is Memberships.Leave or Memberships.Ban)
        {
            throw MatrixException.Forbidden("The user is not in this room.");
        }
    }

    private static void RequireBanned(string before)
    {
        if (before != Memberships.Ban)
        {
            throw MatrixException.Forbidden("The user is not banned from this room.");
        }
    }
}
