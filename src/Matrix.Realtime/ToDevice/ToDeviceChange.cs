using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.ToDevice;

/// <summary>A message arrived for a device.</summary>
internal sealed class ToDeviceChange(DeviceKey recipient, UserId sender, string type, byte[] content) : StreamChange
{
    public DeviceKey Recipient { get; } = recipient;

    public UserId Sender { get; } = sender;

    public string Type { get; } = type;

    public byte[] Content { get; } = content;

    public override ChangeKinds Kind => ChangeKinds.ToDevice;

    public override UserId? UserId => Recipient.UserId;

    public static ToDeviceChange From(ToDeviceMessageRow row) =>
        new(new(row.UserId, row.DeviceId), row.Sender, row.Type, row.Content) { Position = row.Position };

    /// <summary>The message, once the change has its position.</summary>
    public ToDeviceMessage ToMessage() => new(Position, Sender, Type, Content);
}
