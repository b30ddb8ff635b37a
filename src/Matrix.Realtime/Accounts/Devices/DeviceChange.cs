using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Accounts.Devices;

/// <summary>A user logged in on a device that was not known, or out on one. By itself seen by nobody.</summary>
internal sealed class DeviceChange(UserId owner, DeviceId deviceId, bool isRemoval) : StreamChange
{
    public UserId Owner { get; } = owner;

    public DeviceId DeviceId { get; } = deviceId;

    public bool IsRemoval { get; } = isRemoval;

    public override ChangeKinds Kind => ChangeKinds.None;
}
