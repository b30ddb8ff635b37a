using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Reading;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Search.Events;

/// <summary>Reads what stands around results, as far as the searcher may see it.</summary>
internal sealed class ResultContextReader(RoomStates states, VisibleHistory history)
{
    private const int DefaultLimit = 5;

    /// <summary>More than this on one side is never answered.</summary>
    private const int MaxLimit = 50;

    public async Task<ResultContext> ReadAsync(
        SearchScope scope, RoomEvent result, EventContextCriteria wanted, CancellationToken cancellationToken)
    {
        var visible = await scope.GetRoomAsync(result.Pdu.RoomId, cancellationToken);
        var (start, end) = (result.Position.Previous, result.Position);
        var before = await ReadAsync(new(StreamPosition.Zero, start), backwards: true, wanted.BeforeLimit);
        var after = await ReadAsync(new(end, scope.View.Position), backwards: false, wanted.AfterLimit);
        var range = new PositionRange(
            before is [.., var first] ? first.Position.Previous : start,
            after is [.., var last] ? last.Position : end);
        var senders = wanted.IncludeProfile == true
            ? await states.GetSendersAsync(visible.Room, [.. before, result, .. after], cancellationToken)
            : null;
        return new ResultContext(before, after, range, senders);

        async Task<IReadOnlyList<RoomEvent>> ReadAsync(PositionRange part, bool backwards, long? limit)
        {
            var count = (int)Math.Min(limit ?? DefaultLimit, MaxLimit);
            return (await history.ReadPageAsync(visible, part, backwards, count, scope.Shows, cancellationToken)).Events;
        }
    }
}
