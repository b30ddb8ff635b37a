using Matrix.Realtime.AccountData;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Receipts;

namespace Matrix.Realtime.UnreadCounts;

/// <summary>A count, and all that it depends on besides the room, which is too large to be held for it.</summary>
/// <param name="Tally">The count.</param>
/// <param name="At">What it is as of.</param>
/// <param name="SetAt">When the reader last set something that made it another count.</param>
/// <param name="JoinedAt">Where they joined.</param>
/// <param name="RulesAt">Which of their rules it follows.</param>
/// <param name="Read">How far they had read.</param>
/// <param name="Ignored">Whom they ignored.</param>
internal sealed record RememberedTally(
    UnreadTally Tally,
    StreamPosition At,
    StreamPosition SetAt,
    StreamPosition JoinedAt,
    StreamPosition RulesAt,
    ReadPositions Read,
    IgnoredUsers Ignored)
{
    public static RememberedTally Of(UnreadReader reader, UnreadTally tally, StreamPosition setAt) =>
        new(tally, reader.At, setAt, reader.JoinedAt, reader.Rules.Position, reader.Read, reader.Ignored);

    /// <summary>
    /// Whether the count holds for the reader too, but for what has happened and what they have read since.
    /// </summary>
    public bool IsContinuedBy(UnreadReader reader) =>
        At <= reader.At
        && JoinedAt == reader.JoinedAt
        && RulesAt == reader.Rules.Position
        && (ReferenceEquals(Ignored, reader.Ignored) || Ignored.Now.SetEquals(reader.Ignored.Now));

    /// <summary>Whether another count is newer, and says more than that nothing has happened since.</summary>
    public bool IsOutdatedBy(RememberedTally other, StreamPosition changedAt) =>
        At <= other.At
        && (!ReferenceEquals(Tally, other.Tally)
            || RulesAt != other.RulesAt
            || !ReferenceEquals(Ignored, other.Ignored)
            || At < changedAt);

    /// <summary>The categories that were unread and that the reader has meanwhile read some way on.</summary>
    public IEnumerable<EventId?> ReadOnIn(UnreadReader reader) =>
        ReferenceEquals(Read, reader.Read) ? [] : Tally.Unread.Where(root => reader.Read.In(root) > Read.In(root));
}
