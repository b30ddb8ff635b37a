using System.Collections.Immutable;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Receipts;

/// <summary>All receipts of one user in one room, the private ones included.</summary>
internal sealed record OwnReceipts
{
    public static readonly OwnReceipts None = new();

    public ImmutableDictionary<ReceiptKey, Receipt> Receipts { get; private init; } = [];

    public ReadPositions Positions { get; private init; } = ReadPositions.None;

    /// <summary>When one of them last moved.</summary>
    public StreamPosition ChangedAt { get; private init; }

    public OwnReceipts With(Receipt receipt) => new()
    {
        Receipts = Receipts.SetItem(receipt.Key, receipt),
        Positions = Positions.With(receipt),
        ChangedAt = StreamPosition.Max(ChangedAt, receipt.Position),
    };
}
