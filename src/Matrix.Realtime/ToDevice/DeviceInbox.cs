using System.Collections.Immutable;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.ToDevice;

/// <summary>The messages that wait for one device, in order of arrival.</summary>
internal sealed record DeviceInbox : LiveSnapshot
{
    private const int BytesPerEntry = 1024;

    public ImmutableList<ToDeviceMessage> Messages { get; init; } = [];

    public override int Weight => 1 + Messages.Count + (int)(Bytes / BytesPerEntry);

    private long Bytes { get; init; }

    /// <summary>Whether a message waits that arrived at or before the position.</summary>
    public bool HasAny(StreamPosition through) => Messages.Count > 0 && Messages[0].Position <= through;

    /// <summary>The messages up to a position, those first that arrived first.</summary>
    public IEnumerable<ToDeviceMessage> Through(StreamPosition through) =>
        Messages.TakeWhile(message => message.Position <= through);

    /// <summary>The messages after a position up to another.</summary>
    public IEnumerable<ToDeviceMessage> Between(StreamPosition after, StreamPosition through)
    {
        for (var index = CountThrough(after); index < Messages.Count && Messages[index].Position <= through; index++)
        {
            yield return Messages[index];
        }
    }

    public DeviceInbox With(ToDeviceMessage message) => this with
    {
        Position = message.Position,
        Messages = Messages.Add(message),
        Bytes = Bytes + message.Content.Length,
        Used = true,
    };

    public DeviceInbox Without(ToDeviceConfirmation confirmation)
    {
        var count = CountThrough(confirmation.Through);
        return this with
        {
            Position = confirmation.Position,
            Messages = Messages.RemoveRange(0, count),
            Bytes = Bytes - Messages.Take(count).Sum(message => (long)message.Content.Length),
            Used = true,
        };
    }

    private int CountThrough(StreamPosition position)
    {
        var (low, high) = (0, Messages.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Messages[middle].Position <= position ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
