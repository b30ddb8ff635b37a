using Matrix.Realtime.Errors;
using Matrix.Realtime.Rooms.Events;

namespace Matrix.Realtime.Rooms.Authorization;

/// <summary>Rule 5.7: a user asks to be invited.</summary>
internal static class KnockTransition
{
    public static void Check(MembershipContext context)
    {
        // 5.7.1
        if (!JoinRules.AllowsKnocking(context.State.JoinRule()))
        {
            throw MatrixException.Forbidden("This room does not allow knocking.");
        }

        // 5.7.2
        if (context.Sender != context.Target)
        {
            throw MatrixException.Forbidden("You cannot knock for other users.");
        }

        // 5.7.3 and 5.7.4
        if (context.SenderMembership is Memberships.Ban or Memberships.Invite or Memberships.Join)
        {
            throw MatrixException.Forbidden(context.SenderMembership == Memberships.Ban
                ? "You are banned from this room."
                : "You are already invited to this room or in it.");
        }
    }
}
