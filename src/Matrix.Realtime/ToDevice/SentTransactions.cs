using System.Collections.Immutable;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.ToDevice;

/// <summary>The requests of one device that are remembered, the oldest first.</summary>
internal sealed record SentTransactions : LiveSnapshot
{
    private static readonly TimeSpan RememberedFor = TimeSpan.FromDays(1);

    public ImmutableList<ToDeviceTransactionChange> Sent { get; init; } = [];

    public override int Weight => 1 + Sent.Count;

    private ImmutableDictionary<ToDeviceTransaction, ToDeviceTransactionChange> ByTransaction { get; init; } = [];

    /// <summary>Whether a request repeats one that was carried out within the last day.</summary>
    public bool Contains(ToDeviceTransaction transaction, DateTimeOffset now) =>
        ByTransaction.TryGetValue(transaction, out var sent) && sent.SentTs >= OldestTs(now);

    /// <summary>The oldest requests, as many as are wanted at most, that need not be remembered any more.</summary>
    public IReadOnlyList<ToDeviceTransactionChange> Expired(DateTimeOffset now, int limit) =>
        [.. Sent.Take(limit).TakeWhile(sent => sent.SentTs < OldestTs(now))];

    public SentTransactions With(ToDeviceTransactionChange sent) => this with
    {
        Position = sent.Position,
        Sent = Sent.Add(sent),
        ByTransaction = ByTransaction.SetItem(sent.Transaction, sent),
        Used = true,
    };

    public SentTransactions Without(TransactionsForgotten forgotten)
    {
        var gone = Sent.TakeWhile(sent => sent.Position <= forgotten.Through).ToList();
        return this with
        {
            Position = forgotten.Position,
            Sent = Sent.RemoveRange(0, gone.Count),
            ByTransaction = ByTransaction.RemoveRange(
                gone.Where(sent => ByTransaction[sent.Transaction] == sent).Select(sent => sent.Transaction)),
            Used = true,
        };
    }

    private static long OldestTs(DateTimeOffset now) => (now - RememberedFor).ToUnixTimeMilliseconds();
}
