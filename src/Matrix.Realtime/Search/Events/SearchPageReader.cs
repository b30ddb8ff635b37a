using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Search.Events;

/// <summary>Reads hits until a page is full of those that are results.</summary>
internal sealed class SearchPageReader(SearchStore store)
{
    private const int HitsPerRead = 1000;

    /// <summary>A page ends, with a token, when so many reads have not filled it.</summary>
    private const int MaxReads = 5;

    public async Task<SearchPage> ReadAsync(
        SearchScope scope, SearchQuery query, int found, int limit, CancellationToken cancellationToken)
    {
        List<(SearchHit Hit, RoomEvent Event)> results = [];
        Queue<SearchHit> waiting = [];
        var (seen, isWhole) = (0, false);
        SearchHit? last = null;
        for (var read = 0; read < MaxReads && !isWhole && (results.Count < limit || read == 0); read++)
        {
            var hits = await store.FindAsync(query, HitsPerRead, cancellationToken);
            isWhole = hits.Count < HitsPerRead;
            foreach (var hit in hits)
            {
                query = query with { After = (hit.WordCount, hit.Position) };
                if (await scope.AllowsAsync(hit, cancellationToken))
                {
                    waiting.Enqueue(hit);
                    seen++;
                }
            }

            while (results.Count < limit && waiting.Count > 0)
            {
                last = await TakeAsync(scope, waiting, results, limit - results.Count, cancellationToken);
            }

            // Nothing waits, so all that was read is done with, whether or not there was anything to show.
            last = waiting.Count == 0 && hits.Count > 0 ? hits[^1] : last;
        }

        var end = last is { } reached && limit > 0
            ? new SearchCursor(
                query.Through, reached.WordCount, reached.Position, found + seen - waiting.Count, scope.Group)
            : null;
        return new SearchPage(results, found + seen, end, [.. waiting], isWhole);
    }

    /// <summary>Turns so many hits into results at most; returns the last that was looked at.</summary>
    private async Task<SearchHit> TakeAsync(
        SearchScope scope,
        Queue<SearchHit> waiting,
        List<(SearchHit Hit, RoomEvent Event)> results,
        int count,
        CancellationToken cancellationToken)
    {
        var hits = new List<SearchHit>(count);
        while (hits.Count < count && waiting.TryDequeue(out var hit))
        {
            hits.Add(hit);
        }

        var events = await store.ReadEventsAsync([.. hits.Select(hit => hit.Position)], cancellationToken);
        foreach (var hit in hits)
        {
            if (events.GetValueOrDefault(hit.Position) is { } found
                && scope.Filter.Allows(found.Type, found.Sender, found.Content))
            {
                results.Add((hit, found));
            }
        }

        return hits[^1];
    }
}
