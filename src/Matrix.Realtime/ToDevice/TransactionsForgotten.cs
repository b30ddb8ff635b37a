using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.ToDevice;

/// <summary>What a device sent up to a position is remembered no more. Seen by nobody.</summary>
internal sealed class TransactionsForgotten(DeviceKey sender, StreamPosition through) : StreamChange
{
    public DeviceKey Sender { get; } = sender;

    public StreamPosition Through { get; } = through;

    public override ChangeKinds Kind => ChangeKinds.None;
}
