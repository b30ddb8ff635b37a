using System.Runtime.CompilerServices;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Rooms.Reading;

/// <summary>Walks through what a user may see of a room; what is hidden from them is not even read.</summary>
internal sealed class VisibleHistory(RoomEventStore events)
{
    /// <summary>Events looked at for one page at most, when a filter drops most of them.</summary>
    private const int MaxScanned = 5000;

    /// <summary>Events read at once at most; reads grow while most of what they bring is dropped.</summary>
    private const int MaxChunk = MessagesQuery.MaxLimit + 1;

    /// <summary>The events of a range that pass a filter, up to a limit, from one end of it.</summary>
    public async Task<HistoryPage> ReadPageAsync(
        VisibleRoom visible,
        PositionRange range,
        bool backwards,
        int limit,
        Func<RoomEvent, bool> allows,
        CancellationToken cancellationToken)
    {
        List<RoomEvent> page = [];
        var reached = backwards ? range.Through : range.After;
        var scanned = 0;

        // One more than asked for tells whether there is a next page.
        var walk = WalkAsync(visible, range, backwards, limit + 1, cancellationToken);
        await foreach (var roomEvent in walk)
        {
            if (page.Count == limit || scanned == MaxScanned)
            {
                return new(page, reached);
            }

            scanned++;
            reached = backwards ? roomEvent.Position.Previous : roomEvent.Position;
            if (allows(roomEvent))
            {
                page.Add(roomEvent);
            }
        }

        return new(page, End: null);
    }

    private async IAsyncEnumerable<RoomEvent> WalkAsync(
        VisibleRoom visible,
        PositionRange range,
        bool backwards,
        int wanted,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = HistoryVisibility.Ranges(visible.Room, visible.User)
            .Select(part => part.Within(range)).Where(part => !part.IsEmpty);
        foreach (var part in backwards ? seen.Reverse() : seen)
        {
            var rest = part;
            for (var isDone = false; !isDone; wanted = Math.Min(2 * wanted, MaxChunk))
            {
                var chunk = await events.ReadAsync(visible.Room.RoomId, rest, backwards, wanted, cancellationToken);
                foreach (var roomEvent in chunk)
                {
                    yield return roomEvent;
                }

                isDone = chunk.Count < wanted;
                if (!isDone)
                {
                    rest = backwards
                        ? rest with { Through = chunk[^1].Position.Previous }
                        : rest with { After = chunk[^1].Position };
                }
            }
        }
    }
}
