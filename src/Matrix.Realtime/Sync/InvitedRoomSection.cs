using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Sync;

/// <summary>A room that the recipient is invited to or has knocked on, with the state they may see of it.</summary>
internal sealed record InvitedRoomSection : RoomSection
{
    /// <summary>Whether the recipient is invited; else they have knocked.</summary>
    public required bool IsInvite { get; init; }

    public required IReadOnlyList<RoomEvent> StrippedState { get; init; }

    public override string Membership => IsInvite ? Memberships.Invite : Memberships.Knock;

    public override int Size => SizeOf(StrippedState);
}
