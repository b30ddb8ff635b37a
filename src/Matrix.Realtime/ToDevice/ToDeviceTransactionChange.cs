using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.ToDevice;

/// <summary>A request of a device was carried out. Seen by nobody.</summary>
internal sealed class ToDeviceTransactionChange(DeviceKey sender, ToDeviceTransaction transaction, long sentTs)
    : StreamChange
{
    public DeviceKey Sender { get; } = sender;

    public ToDeviceTransaction Transaction { get; } = transaction;

    public long SentTs { get; } = sentTs;

    public override ChangeKinds Kind => ChangeKinds.None;

    public static ToDeviceTransactionChange From(ToDeviceTransactionRow row) =>
        new(new(row.UserId, row.DeviceId), new(row.EventType, row.TransactionId), row.SentTs)
        {
            Position = row.Position,
        };

    public ToDeviceTransactionRow ToRow() => new()
    {
        Position = Position,
        UserId = Sender.UserId,
        DeviceId = Sender.DeviceId,
        EventType = Transaction.EventType,
        TransactionId = Transaction.TransactionId,
        SentTs = SentTs,
    };
}
