using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Search.Events;

/// <summary>Some of the results of a search.</summary>
/// <param name="Results">In the order asked for.</param>
/// <param name="Count">How many results there are in all, as far as they were looked for.</param>
/// <param name="Last">Where the next page begins; null when nothing was looked at.</param>
/// <param name="Rest">The hits after it that were found already.</param>
/// <param name="IsWhole">Whether there are no more hits than those.</param>
internal sealed record SearchPage(
    IReadOnlyList<(SearchHit Hit, RoomEvent Event)> Results,
    int Count,
    SearchCursor? Last,
    IReadOnlyList<SearchHit> Rest,
    bool IsWhole)
{
    /// <summary>The token of the next page, of one group or of all; null when there is none.</summary>
    public string? NextBatch(SearchGroup? group) =>
        Last is not null && (!IsWhole || Rest.Any(hit => group is not { } one || SearchGroup.Of(one.Key, hit) == one))
            ? (Last with { Group = group ?? Last.Group }).ToString()
            : null;
}
