using System.Collections.Immutable;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Receipts;

/// <summary>All receipts of one user.</summary>
internal sealed record UserReceipts : LiveSnapshot
{
    public ImmutableDictionary<RoomId, OwnReceipts> Rooms { get; private init; } = [];

    public override int Weight => 1 + Count;

    public OwnReceipts this[RoomId roomId] => Rooms.GetValueOrDefault(roomId, OwnReceipts.None);

    private int Count { get; init; }

    public UserReceipts With(RoomId roomId, Receipt receipt)
    {
        var room = this[roomId];
        return this with
        {
            Position = StreamPosition.Max(Position, receipt.Position),
            Used = true,
            Rooms = Rooms.SetItem(roomId, room.With(receipt)),
            Count = room.Receipts.ContainsKey(receipt.Key) ? Count : Count + 1,
        };
    }
}
