using System.Buffers;
using System.Text.Json;
using Matrix.Realtime.Filters;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Reading;
using Matrix.Realtime.Rooms.State;
using Microsoft.AspNetCore.Http;

namespace Matrix.Realtime.Search.Events;

/// <summary>Searches the texts of events (client-server API, "Server Side Search").</summary>
internal sealed class SearchService(
    RoomStates states,
    IIgnoredUsers ignoredUsers,
    SearchPageReader pages,
    SearchAnswerReader answers,
    TimeProvider time)
{
    private const int DefaultLimit = 10;

    /// <summary>More than this is never answered at once.</summary>
    private const int MaxLimit = 100;

    private static readonly ReadOnlyMemory<byte> Nothing = "{\"search_categories\":{}}"u8.ToArray();

    public async Task<IResult> SearchAsync(
        Requester requester, SearchRequest request, string? nextBatch, CancellationToken cancellationToken)
    {
        if (request.SearchCategories.RoomEvents is not { } criteria)
        {
            return new Utf8JsonResult(Nothing);
        }

        var cursor = nextBatch is null ? null : SearchCursor.Parse(nextBatch);
        var filter = criteria.Filter is { } definition ? FilterParser.ParseRoomEvents(definition) : RoomEventFilter.All;
        var scope = await SearchScope.OpenAsync(
            states, ignoredUsers, requester.UserId, filter, cursor?.Group, cancellationToken);
        var query = CreateQuery(criteria, scope, cursor);
        var limit = Math.Min(filter.Limit ?? DefaultLimit, MaxLimit);
        var page = query.Term.IsEmpty || query.Rooms.Count == 0 || query.Keys.Count == 0
            ? new SearchPage([], 0, null, [], IsWhole: true)
            : await pages.ReadAsync(scope, query, cursor?.Found ?? 0, limit, cancellationToken);
        var answer = await answers.ReadAsync(requester, scope, criteria, query.Term, page, cancellationToken);
        return Encode(requester, answer);
    }

    private static SearchQuery CreateQuery(RoomEventsCriteria criteria, SearchScope scope, SearchCursor? cursor)
    {
        var keys = criteria.Keys?.Select(key => SearchKeys.Find(key)!.Value) ?? SearchKeys.All;
        return new SearchQuery
        {
            Term = SearchTerm.Parse(criteria.SearchTerm),
            Keys = [.. keys.Where(key => scope.Filter.AllowsType(SearchKeys.EventTypeOf(key)))],
            Rooms = scope.Filter.AllowsNothing ? [] : scope.Rooms,
            Order = criteria.OrderBy == RoomEventsCriteria.Recent ? SearchOrder.Recent : SearchOrder.Rank,
            Through = cursor is null
                ? scope.View.Position
                : StreamPosition.Min(cursor.Through, scope.View.Position),
            After = cursor is null ? null : (cursor.WordCount, cursor.Position),
        };
    }

    private Utf8JsonResult Encode(Requester requester, SearchAnswer answer)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            new SearchResponseWriter(json, new(requester, time.GetUtcNow()), answer).Write();
        }

        return new Utf8JsonResult(output.WrittenMemory);
    }
}
