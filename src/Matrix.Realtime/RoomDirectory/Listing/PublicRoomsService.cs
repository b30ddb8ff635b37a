using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Rooms.State;
using Matrix.Realtime.Streams;
using Microsoft.Extensions.Options;

namespace Matrix.Realtime.RoomDirectory.Listing;

/// <summary>Pages through the public rooms.</summary>
internal sealed class PublicRoomsService(
    LiveState live, PublishedRoomTable table, IOptions<RealtimeOptions> options)
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 500;

    /// <param name="requester">The caller, null when nobody is logged in.</param>
    /// <param name="server">The server whose list is wanted; this one unless given.</param>
    /// <param name="request">Which rooms.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="MatrixException">401: only users may see the list; 400: a bad page; 404: another
    /// server.</exception>
    public async Task<PublicRoomsResponse> ListAsync(
        Requester? requester, string? server, PublicRoomsRequest request, CancellationToken cancellationToken)
    {
        if (requester is null && !options.Value.RoomDirectory.AllowAnonymous)
        {
            throw MatrixException.MissingToken();
        }

        if (!string.IsNullOrEmpty(server) && server != options.Value.ServerName)
        {
            throw MatrixException.NotFound("The rooms of other servers cannot be listed from here.");
        }

        if (request.Limit < 0)
        {
            throw MatrixException.InvalidParam("'limit' must not be negative.");
        }

        PublicRoomsToken? since = string.IsNullOrEmpty(request.Since) ? null : PublicRoomsToken.Parse(request.Since);
        var published = await live.GetAsync(live.Current, table, default, cancellationToken);
        var rooms = string.IsNullOrEmpty(request.ThirdPartyInstanceId)
            ? published.InOrder.Where(room => room.JoinedCount > 0 && request.Filter?.Allows(room) != false).ToList()
            : [];

        // Zero stands for no limit of the client's own.
        var limit = request.Limit is null or 0 ? DefaultLimit : (int)Math.Min(request.Limit.Value, MaxLimit);
        return Page(rooms, since, limit);
    }

    private static PublicRoomsResponse Page(List<RoomFacts> rooms, PublicRoomsToken? since, int limit)
    {
        var (start, end) = since switch
        {
            null => (0, limit),
            { IsBackwards: true, Place: var place } => Before(FirstNotBefore(rooms, place), limit),
            { Place: var place } => After(FirstAfter(rooms, place), limit),
        };
        var page = rooms[start..Math.Min(end, rooms.Count)];
        return new PublicRoomsResponse
        {
            Chunk = [.. page.Select(PublishedRoomsChunk.Of)],
            NextBatch = page.Count > 0 && end < rooms.Count ? Token(page[^1], isBackwards: false) : null,
            PrevBatch = page.Count > 0 && start > 0 ? Token(page[0], isBackwards: true) : null,
            Total = rooms.Count,
        };
    }

    private static (int Start, int End) Before(int end, int limit) => (Math.Max(0, end - limit), end);

    private static (int Start, int End) After(int start, int limit) => (start, start + limit);

    private static int FirstNotBefore(List<RoomFacts> rooms, ListingOrder place) =>
        IndexOrEnd(rooms, room => ListingOrder.Of(room).CompareTo(place) >= 0);

    private static int FirstAfter(List<RoomFacts> rooms, ListingOrder place) =>
        IndexOrEnd(rooms, room => ListingOrder.Of(room).CompareTo(place) > 0);

    private static int IndexOrEnd(List<RoomFacts> rooms, Predicate<RoomFacts> match)
    {
        var index = rooms.FindIndex(match);
        return index < 0 ? rooms.Count : index;
    }

    private static string Token(RoomFacts room, bool isBackwards) =>
        new PublicRoomsToken(isBackwards, ListingOrder.Of(room)).ToString();
}
