using Matrix.Realtime.Errors;
using Matrix.Realtime.Rooms.Events;

namespace Matrix.Realtime.Rooms.Authorization;

/// <summary>Rule 5.5: a user leaves, declines or takes back a knock, or is kicked, disinvited or unbanned.</summary>
internal static class LeaveTransition
{
    public static void Check(MembershipContext context)
    {
        if (context.Sender == context.Target)
        {
            CheckOwn(context);
            return;
        }

        // 5.5.2
        if (context.SenderMembership != Memberships.Join)
        {
            throw MatrixException.Forbidden("You are not joined to this room.");
        }

        // 5.5.3
        if (context.TargetMembership == Memberships.Ban && context.SenderLevel < context.PowerLevels.Ban)
        {
            throw MatrixException.Forbidden("Your power level does not allow you to unban.");
        }

        // 5.5.4 and 5.5.5
        if (context.SenderLevel < context.PowerLevels.Kick || !context.SenderOutranksTarget)
        {
            throw MatrixException.Forbidden($"Your power level does not allow you to remove {context.Target}.");
        }
    }

    // 5.5.1
    private static void CheckOwn(MembershipContext context)
    {
        if (context.SenderMembership is not (Memberships.Invite or Memberships.Join or Memberships.Knock))
        {
            throw MatrixException.Forbidden("You are not in this room.");
        }
    }
}
