using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.RoomDirectory.Listing;

/// <summary>A room was put on the list of public rooms, or taken off. Nobody sees it by syncing.</summary>
/// <param name="listed">The room.</param>
/// <param name="facts">What the list shows of it, null when it is taken off.</param>
internal sealed class PublicationChange(RoomId listed, RoomFacts? facts) : StreamChange
{
    public RoomId Listed { get; } = listed;

    public RoomFacts? Facts { get; } = facts;

    public override ChangeKinds Kind => ChangeKinds.None;
}
