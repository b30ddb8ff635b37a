using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Reading;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Search.Events;

/// <summary>Reads what is told besides the results of a search.</summary>
internal sealed class SearchAnswerReader(RoomStates states, ResultContextReader contexts, IEventRelations relations)
{
    public async Task<SearchAnswer> ReadAsync(
        Requester requester,
        SearchScope scope,
        RoomEventsCriteria criteria,
        SearchTerm term,
        SearchPage page,
        CancellationToken cancellationToken)
    {
        var rooms = page.Results.ToLookup(result => result.Hit.RoomId, result => result.Event);
        return new SearchAnswer
        {
            Term = term,
            Page = page,
            Bundled = await BundleAsync(requester, scope, rooms, cancellationToken),
            Contexts = criteria.EventContext is { } wanted
                ? await ReadContextsAsync(scope, page, wanted, cancellationToken)
                : [],
            States = criteria.IncludeState == true
                ? await ReadStatesAsync(scope, rooms.Select(room => room.Key), cancellationToken)
                : null,
            Groupings = [.. criteria.Groupings?.GroupBy?.Select(grouping => grouping.Key).Distinct() ?? []],
        };
    }

    private async Task<Dictionary<EventId, BundledRelations>> BundleAsync(
        Requester requester,
        SearchScope scope,
        ILookup<RoomId, RoomEvent> rooms,
        CancellationToken cancellationToken)
    {
        var bundled = new Dictionary<EventId, BundledRelations>();
        foreach (var results in rooms)
        {
            var visible = await scope.GetRoomAsync(results.Key, cancellationToken);
            foreach (var (eventId, bundle) in await relations.BundleAsync(
                scope.View, requester, visible, [.. results], cancellationToken))
            {
                bundled.Add(eventId, bundle);
            }
        }

        return bundled;
    }

    private async Task<Dictionary<EventId, ResultContext>> ReadContextsAsync(
        SearchScope scope, SearchPage page, EventContextCriteria wanted, CancellationToken cancellationToken)
    {
        var read = new Dictionary<EventId, ResultContext>();
        foreach (var (_, found) in page.Results)
        {
            read.Add(found.EventId, await contexts.ReadAsync(scope, found, wanted, cancellationToken));
        }

        return read;
    }

    private async Task<Dictionary<RoomId, IReadOnlyCollection<RoomEvent>>> ReadStatesAsync(
        SearchScope scope, IEnumerable<RoomId> rooms, CancellationToken cancellationToken)
    {
        var read = new Dictionary<RoomId, IReadOnlyCollection<RoomEvent>>();
        foreach (var roomId in rooms)
        {
            var visible = await scope.GetRoomAsync(roomId, cancellationToken);
            read.Add(roomId, await states.GetStateAtAsync(visible.Room, visible.Through, cancellationToken));
        }

        return read;
    }
}
