using Matrix.Realtime.Filters;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Events;
using Matrix.Realtime.Rooms.Reading;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;

namespace Matrix.Realtime.Search.Events;

/// <summary>What one search may find: the rooms that the searcher is or was in, as far as they may see them.</summary>
internal sealed class SearchScope(RoomStates states, LiveView view, UserId searcher)
{
    private readonly Dictionary<RoomId, VisibleRoom> _opened = [];

    public LiveView View => view;

    public required RoomEventFilter Filter { get; init; }

    /// <summary>The group of results that alone is wanted; null for all.</summary>
    public required SearchGroup? Group { get; init; }

    public required IReadOnlySet<UserId> Ignored { get; init; }

    /// <summary>The rooms to look into.</summary>
    public required IReadOnlyList<RoomId> Rooms { get; init; }

    public static async Task<SearchScope> OpenAsync(
        RoomStates states,
        IIgnoredUsers ignoredUsers,
        UserId searcher,
        RoomEventFilter filter,
        SearchGroup? group,
        CancellationToken cancellationToken)
    {
        var view = states.Current;
        var rooms = await states.GetUserRoomsAsync(view, searcher, cancellationToken);
        return new SearchScope(states, view, searcher)
        {
            Filter = filter,
            Group = group,
            Ignored = await ignoredUsers.GetAsync(view, searcher, cancellationToken),
            Rooms = [.. rooms.Rooms
                .Where(room => WasJoined(room.Value))
                .Select(room => room.Key)
                .Where(room => filter.AllowsRoom(room) && group?.AllowsRoom(room) != false)],
        };
    }

    public async ValueTask<VisibleRoom> GetRoomAsync(RoomId roomId, CancellationToken cancellationToken)
    {
        if (!_opened.TryGetValue(roomId, out var room))
        {
            room = await states.GetVisibleAsync(view, searcher, roomId, cancellationToken);
            _opened.Add(roomId, room);
        }

        return room;
    }

    /// <summary>Whether a hit is a result, as far as can be told without the event.</summary>
    public async ValueTask<bool> AllowsAsync(SearchHit hit, CancellationToken cancellationToken) =>
        Filter.Allows(SearchKeys.EventTypeOf(hit.Key), hit.Sender)
        && (hit.Key != SearchKey.Body || !Ignored.Contains(hit.Sender))
        && Group?.AllowsSender(hit.Sender) != false
        && (await GetRoomAsync(hit.RoomId, cancellationToken)).CanSee(hit.Position);

    /// <summary>Whether an event around a result is shown with it.</summary>
    public bool Shows(RoomEvent roomEvent) => roomEvent.StateKey is not null || !Ignored.Contains(roomEvent.Sender);

    private static bool WasJoined(UserRoom room) =>
        !room.IsForgotten && room.Periods.Any(period => period.Membership == Memberships.Join);
}
