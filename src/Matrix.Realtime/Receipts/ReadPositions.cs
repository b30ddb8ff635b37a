using System.Collections.Immutable;
using Matrix.Realtime.Identifiers;

namespace Matrix.Realtime.Receipts;

/// <summary>How far one user has read in one room, by public and private receipts alike.</summary>
internal sealed record ReadPositions
{
    /// <summary>Nothing read.</summary>
    public static readonly ReadPositions None = new();

    /// <summary>Everything up to here is read, in threads too.</summary>
    public StreamPosition Unthreaded { get; init; }

    /// <summary>How far the main timeline is read, by receipts of its own.</summary>
    public StreamPosition Main { get; init; }

    /// <summary>How far each thread is read, by receipts of its own.</summary>
    public ImmutableDictionary<EventId, StreamPosition> Threads { get; init; } = [];

    /// <summary>How far a thread is read, or with null the main timeline, whichever receipt says so.</summary>
    public StreamPosition In(EventId? threadRoot) => StreamPosition.Max(
        Unthreaded, threadRoot is { } root ? Threads.GetValueOrDefault(root) : Main);

    public ReadPositions With(Receipt receipt)
    {
        var read = receipt.EventPosition;
        return receipt.Key.Category switch
        {
            ReceiptCategories.Unthreaded => this with { Unthreaded = StreamPosition.Max(Unthreaded, read) },
            ReceiptCategories.Main => this with { Main = StreamPosition.Max(Main, read) },
            var root => WithThread(EventId.Parse(root), read),
        };
    }

    private ReadPositions WithThread(EventId root, StreamPosition read) =>
        read > Threads.GetValueOrDefault(root) ? this with { Threads = Threads.SetItem(root, read) } : this;
}
