using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Json;
using Matrix.Realtime.Rooms.Authorization;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Rooms.Writing;
using Matrix.Realtime.Streams;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Rooms.Membership;

/// <summary>
/// Lets the members of other rooms into restricted ones (client-server API, "Restricted rooms"): checks the conditions
/// and names the member who vouches for the join. Whoever clients name is passed over.
/// </summary>
internal sealed class RestrictedJoins(UserRoomsTable userRooms, LocalServer server)
{
    /// <summary>The member event as it is to be added to the room.</summary>
    /// <exception cref="MatrixException">403: no condition is met. 400: that cannot be found out, or nobody of this
    /// server could vouch for the join.</exception>
    public async ValueTask<EventDraft> VouchAsync(ChangeBatch batch, RoomState room, EventDraft draft)
    {
        var given = draft.ParseContent();
        var needsVoucher = NeedsVoucher(room, draft, given.String("membership"));
        if (!needsVoucher && !given.TryGet(MembershipRules.AuthorisedVia, out _))
        {
            return draft;
        }

        var content = new CanonicalObject(given).Without(MembershipRules.AuthorisedVia);
        if (needsVoucher)
        {
            await RequireConditionAsync(batch, room, draft.Sender);
            content.Set(MembershipRules.AuthorisedVia, FindVoucher(room).Value);
        }

        return draft with { Content = content.ToBytes() };
    }

    private static bool NeedsVoucher(RoomState room, EventDraft draft, string? membership) =>
        membership == Memberships.Join
        && draft.StateKey == draft.Sender.Value
        && JoinRules.IsRestricted(room.JoinRule())
        && room.MembershipOf(draft.Sender) is Memberships.Leave or Memberships.Knock;

    private async ValueTask RequireConditionAsync(ChangeBatch batch, RoomState room, UserId userId)
    {
        var allowed = room.RoomsAllowedToJoin();
        var joined = await batch.GetAsync(userRooms, userId);
        if (allowed.Any(roomId => joined[roomId].IsJoined))
        {
            return;
        }

        throw allowed.Count == 0 || await KnowsAnyAsync(batch, allowed)
            ? MatrixException.Forbidden("You are in none of the rooms whose members may join.")
            : MatrixException.BadRequest(
                MatrixErrorCodes.UnableToAuthoriseJoin, "This server knows none of the rooms whose members may join.");
    }

    private static Task<bool> KnowsAnyAsync(ChangeBatch batch, IReadOnlyList<RoomId> rooms) =>
        batch.ReadAsync((database, cancellationToken) =>
            database.Set<RoomRow>().AnyAsync(row => rooms.Contains(row.RoomId), cancellationToken));

    /// <summary>A joined user of this server who may invite; all members are asked only where anybody may.</summary>
    private UserId FindVoucher(RoomState room)
    {
        var powerLevels = PowerLevels.Of(room.Version!, room);
        var candidates = powerLevels.UsersDefault < powerLevels.Invite
            ? powerLevels.Named
            : powerLevels.Named.Concat(room.Members.Values.Select(member => UserId.Parse(member.StateKey!)));
        foreach (var candidate in candidates)
        {
            if (server.Owns(candidate)
                && room.MembershipOf(candidate) == Memberships.Join
                && powerLevels.Of(candidate) >= powerLevels.Invite)
            {
                return candidate;
            }
        }

        throw MatrixException.BadRequest(
            MatrixErrorCodes.UnableToGrantJoin, "Nobody in this room can let you in.");
    }
}
