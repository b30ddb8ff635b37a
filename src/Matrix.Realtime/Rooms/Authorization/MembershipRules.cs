using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.Versions;

namespace Matrix.Realtime.Rooms.Authorization;

/// <summary>Rule 5: <c>m.room.member</c>.</summary>
internal static class MembershipRules
{
    public const string AuthorisedVia = "join_authorised_via_users_server";

    public static void Check(
        RoomVersion version, Pdu candidate, IRoomStateView state, Pdu create, PowerLevels powerLevels)
    {
        // 5.1
        if (!UserId.TryParse(candidate.StateKey, out var target))
        {
            throw MatrixException.Forbidden("The state key of a membership must be a user id.");
        }

        CheckAuthorisingServer(candidate);
        var context = new MembershipContext(version, candidate, target, state, create, powerLevels);
        switch (candidate.Membership)
        {
            case Memberships.Join:
                JoinTransition.Check(context);
                break;
            case Memberships.Invite:
                InviteTransition.Check(context);
                break;
            case Memberships.Leave:
                LeaveTransition.Check(context);
                break;
            case Memberships.Ban:
                BanTransition.Check(context);
                break;
            case Memberships.Knock:
                KnockTransition.Check(context);
                break;
            default:
                // 5.1 and 5.8
                throw MatrixException.Forbidden("The membership is missing or not known.");
        }
    }

    // 5.2
    private static void CheckAuthorisingServer(Pdu candidate)
    {
        if (!candidate.Content.TryGet(AuthorisedVia, out _))
        {
            return;
        }

        if (!UserId.TryParse(candidate.Content.String(AuthorisedVia), out var via)
            || !candidate.IsSignedBy(via.ServerName))
        {
            throw MatrixException.Forbidden("The server that authorises the join has not signed it.");
        }
    }
}
