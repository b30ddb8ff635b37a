using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Receipts;

/// <summary>Up to which event a user has read, encoded for clients once. Immutable.</summary>
internal sealed class Receipt
{
    private byte[]? _entry;

    public required UserId UserId { get; init; }

    public required ReceiptKey Key { get; init; }

    public required EventId EventId { get; init; }

    /// <summary>The place of the event, by which receipts are ordered.</summary>
    public required StreamPosition EventPosition { get; init; }

    /// <summary>When the user read, in Unix milliseconds by the server's clock.</summary>
    public required long Ts { get; init; }

    /// <summary>When the receipt moved here.</summary>
    public required StreamPosition Position { get; init; }

    public bool IsPrivate => Key.Type == ReceiptTypes.ReadPrivate;

    /// <summary>The member that stands below event and type. Racing encodings are equal.</summary>
    public ReadOnlySpan<byte> Entry => _entry ??= ReceiptEvent.EncodeEntry(this);
}
