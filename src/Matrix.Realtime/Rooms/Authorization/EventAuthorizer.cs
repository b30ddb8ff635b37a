using Matrix.Realtime.Errors;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.Versions;

namespace Matrix.Realtime.Rooms.Authorization;

/// <summary>The authorisation rules of room versions 10, 11 and 12.</summary>
/// <remarks>
/// Rules are cited by their numbers in version 12; in 10 and 11 those from 3 on count one less. The rule about the
/// entries of <c>auth_events</c> (3) is kept where events are made, by <see cref="AuthEventSelector"/>.
/// </remarks>
internal static class EventAuthorizer
{
    /// <summary>Returns if the event may be added to a room in the given state.</summary>
    /// <exception cref="MatrixException">M_FORBIDDEN with the reason.</exception>
    public static void Authorize(RoomVersion version, Pdu candidate, IRoomStateView state)
    {
        if (candidate.Type == EventTypes.Create)
        {
            CreateRules.Check(version, candidate);
            return;
        }

        var create = state.Create() ?? throw MatrixException.Forbidden("The room does not exist.");
        CheckRoom(version, candidate, create);
        var powerLevels = PowerLevels.Of(version, state);
        if (candidate.Type == EventTypes.Member)
        {
            MembershipRules.Check(version, candidate, state, create, powerLevels);
            return;
        }

        CheckSender(candidate, state, powerLevels);
        if (candidate.Type == EventTypes.PowerLevels)
        {
            PowerLevelsRules.Check(version, candidate, create, powerLevels);
        }
    }

    /// <summary>Whether a user may redact an event of another one, or their own.</summary>
    /// <remarks>Not part of the authorisation rules: the redaction event itself is subject only to those.</remarks>
    public static bool CanRedact(RoomVersion version, IRoomStateView state, UserId redactor, UserId originalSender)
    {
        var powerLevels = PowerLevels.Of(version, state);
        return redactor == originalSender || powerLevels.Of(redactor) >= powerLevels.Redact;
    }

    private static void CheckRoom(RoomVersion version, Pdu candidate, Pdu create)
    {
        // Rule 2, and before version 12 what its rule 2.5 says of the create event.
        if (candidate.RoomId != create.RoomId)
        {
            throw MatrixException.Forbidden("The event belongs to another room.");
        }

        // Rule 4.
        if (create.Content.Boolean("m.federate") == false
            && !candidate.Sender.ServerName.SequenceEqual(create.Sender.ServerName))
        {
            throw MatrixException.Forbidden("The room is closed to other servers.");
        }
    }

    private static void CheckSender(Pdu candidate, IRoomStateView state, PowerLevels powerLevels)
    {
        // Rule 6.
        if (!state.IsJoined(candidate.Sender))
        {
            throw MatrixException.Forbidden("You are not joined to this room.");
        }

        // Rules 7 and 8.
        var required = candidate.Type == EventTypes.ThirdPartyInvite
            ? powerLevels.Invite
            : powerLevels.ToSend(candidate.Type, candidate.IsState);
        if (powerLevels.Of(candidate.Sender) < required)
        {
            throw MatrixException.Forbidden($"Your power level does not allow you to send {candidate.Type} events.");
        }

        // Rule 9; third-party invites were decided by rule 7.
        if (candidate.Type != EventTypes.ThirdPartyInvite
            && candidate.StateKey?.StartsWith('@') == true
            && candidate.StateKey != candidate.Sender.Value)
        {
            throw MatrixException.Forbidden("Only the user that the state key names may send this event.");
        }
    }
}
