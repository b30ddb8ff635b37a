using Matrix.Realtime.Errors;
using Matrix.Realtime.Rooms.Events;

namespace Matrix.Realtime.Rooms.Authorization;

/// <summary>Rule 5.4: a member invites a user.</summary>
internal static class InviteTransition
{
    public static void Check(MembershipContext context)
    {
        // NOTSPEC: 5.4.1 would allow an invite that an identity server vouches for; this server knows none.
        if (context.Candidate.Content.TryGet("third_party_invite", out _))
        {
            throw MatrixException.Forbidden("Third-party invites are not supported.");
        }

        // 5.4.2
        if (context.SenderMembership != Memberships.Join)
        {
            throw MatrixException.Forbidden("You are not joined to this room.");
        }

        // 5.4.3
        if (context.TargetMembership is Memberships.Join or Memberships.Ban)
        {
            throw MatrixException.Forbidden(context.TargetMembership == Memberships.Ban
                ? $"{context.Target} is banned from this room."
                : $"{context.Target} is already in this room.");
        }

        // 5.4.4 and 5.4.5
        if (context.SenderLevel < context.PowerLevels.Invite)
        {
            throw MatrixException.Forbidden("Your power level does not allow you to invite.");
        }
    }
}
