using System.Collections.Immutable;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Receipts;

/// <summary>
/// The public receipts of a room that moved last: what recent tokens lack, however many members have read there.
/// </summary>
internal sealed record RoomReceipts : LiveSnapshot
{
    /// <summary>How many moves are held at least, if there were so many.</summary>
    public const int Kept = 512;

    private const int MaxCount = 2 * Kept;

    /// <summary>Every move that was after this position is held.</summary>
    public StreamPosition Floor { get; private init; }

    public override int Weight => 1 + Count;

    /// <summary>Moves, the newest first; of one key there may be several.</summary>
    private ImmutableStack<Receipt> Moves { get; init; } = [];

    private int Count { get; init; }

    /// <param name="newestFirst">The latest receipts of the room, one more than are kept if there are so many.</param>
    public static RoomReceipts Of(IReadOnlyList<Receipt> newestFirst) => new()
    {
        Position = newestFirst.Count == 0 ? StreamPosition.Zero : newestFirst[0].Position,
        Floor = newestFirst.Count > Kept ? newestFirst[Kept].Position : StreamPosition.Zero,
        Moves = [.. newestFirst.Take(Kept).Reverse()],
        Count = Math.Min(newestFirst.Count, Kept),
    };

    public RoomReceipts With(Receipt receipt)
    {
        var moves = Moves.Push(receipt);
        return Count < MaxCount
            ? this with { Position = receipt.Position, Used = true, Moves = moves, Count = Count + 1 }
            : Of([.. moves.Take(Kept + 1)]);
    }

    /// <summary>
    /// The receipts that moved after a position not before <see cref="Floor"/>, the newest first, each where it is now.
    /// </summary>
    public IEnumerable<Receipt> After(StreamPosition position)
    {
        var seen = new HashSet<(UserId UserId, ReceiptKey Key)>();
        return Moves.TakeWhile(move => move.Position > position).Where(move => seen.Add((move.UserId, move.Key)));
    }
}
