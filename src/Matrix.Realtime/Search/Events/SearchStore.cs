using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Storage;
using Microsoft.EntityFrameworkCore;

namespace Matrix.Realtime.Search.Events;

/// <summary>Reads what a search finds.</summary>
internal sealed class SearchStore(IDbContextFactory<MatrixDbContext> databases, ISearchIndex index)
{
    /// <summary>The next hits in the order of the query.</summary>
    public async Task<List<SearchHit>> FindAsync(SearchQuery query, int limit, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var rows = index.Match(database, query.Term).Where(row => row.Position <= query.Through
            && EF.Parameter(query.Rooms).Contains(row.RoomId)
            && EF.Parameter(query.Keys).Contains(row.Key));
        return await InOrder(rows, query)
            .Select(row => new SearchHit(row.Position, row.RoomId, row.Sender, row.Key, row.WordCount))
            .Take(limit)
            .ToListAsync(cancellationToken);
    }

    /// <summary>The events at these positions, without those that have been redacted meanwhile.</summary>
    public async Task<Dictionary<StreamPosition, RoomEvent>> ReadEventsAsync(
        IReadOnlyList<StreamPosition> positions, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<EventRow>().AsNoTracking()
            .Where(row => EF.Parameter(positions).Contains(row.Position) && row.RedactedBy == null)
            .ToDictionaryAsync(row => row.Position, row => RoomEvent.From(row), cancellationToken);
    }

    private static IQueryable<SearchableEventRow> InOrder(IQueryable<SearchableEventRow> rows, SearchQuery query)
    {
        if (query.Order == SearchOrder.Recent)
        {
            return query.After is { Position: var before }
                ? rows.Where(row => row.Position < before).OrderByDescending(row => row.Position)
                : rows.OrderByDescending(row => row.Position);
        }

        if (query.After is { WordCount: var wordCount, Position: var position })
        {
            rows = rows.Where(row =>
                row.WordCount > wordCount || (row.WordCount == wordCount && row.Position < position));
        }

        return rows.OrderBy(row => row.WordCount).ThenByDescending(row => row.Position);
    }
}
