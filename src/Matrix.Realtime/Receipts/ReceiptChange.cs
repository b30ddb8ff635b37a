using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Receipts;

/// <summary>A receipt moved to an event.</summary>
internal sealed class ReceiptChange(RoomId roomId, UserId reader, ReceiptKey key, EventPlace target, long ts)
    : StreamChange
{
    private Receipt? _receipt;

    public UserId Reader { get; } = reader;

    public bool IsPrivate { get; } = key.Type == ReceiptTypes.ReadPrivate;

    /// <summary>The receipt at its position, one object for everyone.</summary>
    public Receipt Receipt => _receipt ??= new Receipt
    {
        UserId = Reader,
        Key = key,
        EventId = target.EventId,
        EventPosition = target.Position,
        Ts = ts,
        Position = Position,
    };

    public override ChangeKinds Kind => ChangeKinds.Receipts;

    public override RoomId? RoomId { get; } = roomId;

    /// <summary>Nobody but the reader ever learns of a private receipt.</summary>
    public override bool IsRoomWide => !IsPrivate;

    public override UserId? UserId => Reader;
}
