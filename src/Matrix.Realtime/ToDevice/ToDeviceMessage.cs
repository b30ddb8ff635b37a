using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.ToDevice;

/// <summary>A message that waits for the device it was sent to.</summary>
/// <param name="Position">When it arrived.</param>
/// <param name="Sender">Who sent it.</param>
/// <param name="Type">Its type.</param>
/// <param name="Content">A JSON object, as the sender wrote it.</param>
internal sealed record ToDeviceMessage(StreamPosition Position, UserId Sender, string Type, byte[] Content)
{
    public static ToDeviceMessage From(ToDeviceMessageRow row) => new(row.Position, row.Sender, row.Type, row.Content);

    public ToDeviceMessageRow ToRow(DeviceKey recipient) => new()
    {
        Position = Position,
        UserId = recipient.UserId,
        DeviceId = recipient.DeviceId,
        Sender = Sender,
        Type = Type,
        Content = Content,
    };
}
