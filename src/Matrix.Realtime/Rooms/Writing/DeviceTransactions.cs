using System.Collections.Immutable;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Rooms.Writing;

/// <summary>The events that one device sent within the last day, by transaction.</summary>
internal sealed record DeviceTransactions : LiveSnapshot
{
    private const int MinTrim = 1024;

    public ImmutableDictionary<TransactionKey, Sent> Events { get; init; } = [];

    public override int Weight => 1 + Events.Count;

    private int TrimAt { get; init; } = MinTrim;

    /// <summary>The event that a repeated request has already sent, if its transaction is still remembered.</summary>
    public EventId? Find(TransactionKey key, DateTimeOffset now) =>
        Events.TryGetValue(key, out var sent) && sent.OriginServerTs >= OldestTs(now) ? sent.EventId : null;

    public DeviceTransactions After(RoomEventChange change)
    {
        var pdu = change.Pdu;
        var key = new TransactionKey(change.TransactionId!, pdu.RoomId, pdu.Type, pdu.Redacts);
        var events = Events.SetItem(key, new(pdu.EventId, pdu.OriginServerTs));
        var trimAt = TrimAt;
        if (events.Count > trimAt)
        {
            var oldest = OldestTs(DateTimeOffset.FromUnixTimeMilliseconds(pdu.OriginServerTs));
            events = events.RemoveRange(events.Where(sent => sent.Value.OriginServerTs < oldest).Select(sent => sent.Key));
            trimAt = Math.Max(MinTrim, 2 * events.Count);
        }

        return this with { Position = change.Position, Events = events, TrimAt = trimAt, Used = true };
    }

    /// <summary>Transactions are remembered for a day.</summary>
    public static long OldestTs(DateTimeOffset now) => now.AddDays(-1).ToUnixTimeMilliseconds();

    /// <summary>The outcome of a transaction.</summary>
    public readonly record struct Sent(EventId EventId, long OriginServerTs);
}
