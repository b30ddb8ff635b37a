using Matrix.Realtime.Errors;
using Matrix.Realtime.Rooms.Events;

namespace Matrix.Realtime.Rooms.Authorization;

/// <summary>Rule 5.6: a member bans a user.</summary>
internal static class BanTransition
{
    public static void Check(MembershipContext context)
    {
        // 5.6.1
        if (context.SenderMembership != Memberships.Join)
        {
            throw MatrixException.Forbidden("You are not joined to this room.");
        }

        // 5.6.2 and 5.6.3
        if (!context.PowerLevels.MayBan(context.Sender, context.Target))
        {
            throw MatrixException.Forbidden($"Your power level does not allow you to ban {context.Target}.");
        }
    }
}
