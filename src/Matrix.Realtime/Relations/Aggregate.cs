using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.Reading;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Relations;

/// <summary>What is said about one event, put together.</summary>
/// <param name="Target">The event.</param>
/// <param name="Replacement">Its latest edit.</param>
/// <param name="Replies">The replies in the thread that it is the root of, the oldest first.</param>
/// <param name="References">What refers to it, the oldest first.</param>
internal sealed record Aggregate(
    RoomEvent Target,
    RelationRow? Replacement,
    IReadOnlyList<RelationRow> Replies,
    IReadOnlyList<RelationRow> References)
{
    /// <summary>The children of which the events themselves are shown.</summary>
    public IEnumerable<RelationRow> Shown => new[] { Replacement, Replies.LastOrDefault() }.OfType<RelationRow>();

    /// <summary>Aggregates what is said about an event.</summary>
    public static Aggregate Of(RoomEvent target, IEnumerable<RelationRow> rows)
    {
        var kinds = rows.OrderBy(row => row.Position).ToLookup(row => row.RelType);
        return new(
            target,
            kinds[RelationTypes.Replacement].Where(row => IsEdit(row, target))
                .OrderBy(row => row.OriginServerTs).ThenBy(row => row.EventId.Value, StringComparer.Ordinal)
                .LastOrDefault(),
            [.. kinds[RelationTypes.Thread]],
            [.. kinds[RelationTypes.Reference]]);
    }

    /// <summary>What is bundled with the event for a recipient.</summary>
    public BundledRelations ToBundle(UserId recipient, IReadOnlyDictionary<EventId, RoomEvent> shown) => new()
    {
        Replacement = Replacement is null ? null : shown.GetValueOrDefault(Replacement.EventId),
        Thread = Replies is [.., var last] && shown.TryGetValue(last.EventId, out var latest)
            ? new ThreadSummary(
                Replies.Count, latest, Target.Sender == recipient || Replies.Any(reply => reply.Sender == recipient))
            : null,
        References = [.. References.Select(reference => reference.EventId)],
    };

    /// <summary>Client-server API, "Validity of replacement events".</summary>
    private static bool IsEdit(RelationRow row, RoomEvent target) =>
        row.HasNewContent && row.Sender == target.Sender && row.Type == target.Type && target.RedactedBecause is null;
}
