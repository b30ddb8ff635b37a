using Matrix.Realtime.AccountData;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Receipts;

namespace Matrix.Realtime.UnreadCounts;

/// <summary>A count, and all that it depends on besides the room, which is too large to be held for it.</summary>
internal sealed record RememberedTally(
    UnreadTally Tally,
    StreamPosition At,
    StreamPosition JoinedAt,
    StreamPosition RulesAt,
    ReadPositions Read,
    IgnoredUsers Ignored)
{
    public static RememberedTally Of(UnreadReader reader, UnreadTally tally) =>
        new(tally, reader.At, reader.JoinedAt, reader.Rules.Position, reader.Read, reader.Ignored);

    /// <summary>
    /// Whether the count holds for the reader too, but for what has happened and what they have read since.
    /// </summary>
    public bool IsContinuedBy(UnreadReader reader) =>
        At <= reader.At
        && JoinedAt == reader.JoinedAt
        && RulesAt == reader.Rules.Position
        && (ReferenceEquals(Ignored, reader.Ignored) || Ignored.Now.SetEquals(reader.Ignored.Now));

    /// <summary>Whether the reader's count is newer, and says more than that nothing has happened since.</summary>
    public bool IsOutdatedBy(UnreadReader reader, UnreadTally tally) =>
        At <= reader.At && (!ReferenceEquals(Tally, tally) || At < reader.Room.Position);

    /// <summary>The categories that were unread and that the reader has meanwhile read some way on.</summary>
    public IEnumerable<EventId?> ReadOnIn(UnreadReader reader) =>
        ReferenceEquals(Read, reader.Read) ? [] : Tally.Unread.Where(root => reader.Read.In(root) > Read.In(root));
}
