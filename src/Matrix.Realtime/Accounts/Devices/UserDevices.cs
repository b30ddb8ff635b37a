using System.Collections.Immutable;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Accounts.Devices;

/// <summary>The devices that one user is logged in on.</summary>
internal sealed record UserDevices : LiveSnapshot
{
    public ImmutableHashSet<DeviceId> Devices { get; init; } = [];

    public override int Weight => 1 + Devices.Count;
}
