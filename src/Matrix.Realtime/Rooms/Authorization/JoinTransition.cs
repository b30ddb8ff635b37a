using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;

namespace Matrix.Realtime.Rooms.Authorization;

/// <summary>Rule 5.3: a user joins, or changes their profile while joined.</summary>
internal static class JoinTransition
{
    public static void Check(MembershipContext context)
    {
        // 5.3.1
        if (IsFirstJoin(context))
        {
            return;
        }

        // 5.3.2
        if (context.Sender != context.Target)
        {
            throw MatrixException.Forbidden("You cannot make other users join.");
        }

        // 5.3.3
        if (context.SenderMembership == Memberships.Ban)
        {
            throw MatrixException.Forbidden("You are banned from this room.");
        }

        // 5.3.4 to 5.3.7
        var joinRule = context.State.JoinRule();
        var allowed = joinRule switch
        {
            JoinRules.Public => true,
            JoinRules.Invite or JoinRules.Knock => IsInvitedOrJoined(context),
            JoinRules.Restricted or JoinRules.KnockRestricted => IsInvitedOrJoined(context) || IsAuthorised(context),
            _ => false,
        };
        if (!allowed)
        {
            throw MatrixException.Forbidden(JoinRules.IsRestricted(joinRule)
                ? "You are in none of the rooms whose members may join."
                : "You are not invited to this room.");
        }
    }

    private static bool IsFirstJoin(MembershipContext context) =>
        context.Candidate.PrevEvents is [var previous]
        && previous == context.Create.EventId
        && RoomCreators.Founder(context.Version, context.Create) == context.Target.Value;

    private static bool IsInvitedOrJoined(MembershipContext context) =>
        context.SenderMembership is Memberships.Invite or Memberships.Join;

    // 5.3.5.2: whoever vouches for the join must be able to invite.
    private static bool IsAuthorised(MembershipContext context) =>
        UserId.TryParse(context.Candidate.Content.String(MembershipRules.AuthorisedVia), out var via)
        && context.State.IsJoined(via)
        && context.PowerLevels.Of(via) >= context.PowerLevels.Invite;
}
