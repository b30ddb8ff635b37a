using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Keys.DeviceLists;

/// <summary>The devices of a user, their names, or the keys of the user or of a device changed.</summary>
/// <param name="owner">The user.</param>
/// <param name="rooms">The rooms whose members are told.</param>
internal sealed class DeviceListChange(UserId owner, IReadOnlyCollection<RoomId> rooms) : StreamChange
{
    public override ChangeKinds Kind => ChangeKinds.DeviceLists;

    public override UserId? UserId => owner;

    public override IReadOnlyCollection<RoomId> PeerRooms { get; } = rooms;
}
