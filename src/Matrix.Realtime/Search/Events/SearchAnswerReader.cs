using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Reading;
using Matrix.Realtime.Rooms.State;

namespace Matrix.Realtime.Search.Events;

/// <summary>Reads what is told besides the results of a search.</summary>
internal sealed class SearchAnswerReader(
    RoomStates states, ResultContextReader contextReader, EventDetailsReader detailsReader)
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
        var contexts = criteria.EventContext is { } wanted
            ? await ReadContextsAsync(scope, page, wanted, cancellationToken)
            : [];
        var roomStates = criteria.IncludeState == true
            ? await ReadStatesAsync(scope, rooms.Select(room => room.Key), cancellationToken)
            : null;
        var others = contexts.Values.SelectMany(context => context.Before.Concat(context.After))
            .Concat(roomStates?.Values.SelectMany(state => state) ?? [])
            .ToLookup(roomEvent => roomEvent.Pdu.RoomId);
        return new SearchAnswer
        {
            Term = term,
            Page = page,
            Details = await ReadDetailsAsync(requester, scope, rooms, others, cancellationToken),
            Contexts = contexts,
            States = roomStates,
            Groupings = [.. criteria.Groupings?.GroupBy?.Select(grouping => grouping.Key).Distinct() ?? []],
        };
    }

    private async Task<Dictionary<RoomId, EventDetails>> ReadDetailsAsync(
        Requester requester,
        SearchScope scope,
        ILookup<RoomId, RoomEvent> results,
        ILookup<RoomId, RoomEvent> others,
        CancellationToken cancellationToken)
    {
        var details = new Dictionary<RoomId, EventDetails>();
        foreach (var room in results)
        {
            var visible = await scope.GetRoomAsync(room.Key, cancellationToken);
            details.Add(room.Key, await detailsReader.ReadAsync(
                scope.View, requester, visible, [.. room], others[room.Key], cancellationToken));
        }

        return details;
    }

    private async Task<Dictionary<EventId, ResultContext>> ReadContextsAsync(
        SearchScope scope, SearchPage page, EventContextCriteria wanted, CancellationToken cancellationToken)
    {
        var read = new Dictionary<EventId, ResultContext>();
        foreach (var (_, found) in page.Results)
        {
            read.Add(found.EventId, await contextReader.ReadAsync(scope, found, wanted, cancellationToken));
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
