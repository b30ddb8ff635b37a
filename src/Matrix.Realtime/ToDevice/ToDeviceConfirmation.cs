using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.ToDevice;

/// <summary>A device has its messages up to a position, or needs them no more. Seen by nobody.</summary>
internal sealed class ToDeviceConfirmation(DeviceKey recipient, StreamPosition through) : StreamChange
{
    public DeviceKey Recipient { get; } = recipient;

    public StreamPosition Through { get; } = through;

    public override ChangeKinds Kind => ChangeKinds.None;
}
