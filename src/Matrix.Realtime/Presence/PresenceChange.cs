using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Presence;

/// <summary>What others see of a user's presence changed.</summary>
/// <param name="presence">What they see from here on; the change's own position stands for its.</param>
/// <param name="rooms">The rooms whose members see it.</param>
/// <param name="wakeWithin">How long it may take to end waits.</param>
internal sealed class PresenceChange(UserPresence presence, IReadOnlyCollection<RoomId> rooms, TimeSpan wakeWithin)
    : StreamChange
{
    public UserPresence Presence { get; } = presence;

    public override ChangeKinds Kind => ChangeKinds.Presence;

    public override UserId? UserId => Presence.UserId;

    public override IReadOnlyCollection<RoomId> PeerRooms { get; } = rooms;

    public override TimeSpan WakeWithin { get; } = wakeWithin;
}
