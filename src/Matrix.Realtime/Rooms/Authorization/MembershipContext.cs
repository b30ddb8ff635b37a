using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.Versions;

namespace Matrix.Realtime.Rooms.Authorization;

/// <summary>A membership event, the user whose membership it changes, and what the rules look at to judge it.</summary>
internal sealed record MembershipContext(
    RoomVersion Version, Pdu Candidate, UserId Target, IRoomStateView State, Pdu Create, PowerLevels PowerLevels)
{
    public UserId Sender => Candidate.Sender;

    public long SenderLevel => PowerLevels.Of(Sender);

    public bool SenderOutranksTarget => PowerLevels.Of(Target) < SenderLevel;

    public string SenderMembership => State.MembershipOf(Sender);

    public string TargetMembership => State.MembershipOf(Target);
}
