using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.Relations;

/// <summary>Relations and threads (client-server API, "Relationships API", "Querying threads in a room").</summary>
internal static class RelationEndpoints
{
    public static RouteGroupBuilder MapRelationsV1(this RouteGroupBuilder group)
    {
        group.MapGet("/rooms/{roomId}/relations/{eventId}/{relType?}/{eventType?}", GetRelationsAsync)
            .WithName("getRelatingEvents");
        group.MapGet("/rooms/{roomId}/threads", GetThreadsAsync).WithName("getThreadRoots");
        return group;
    }

    private static Task<IResult> GetRelationsAsync(
        RoomId roomId,
        EventId eventId,
        string? relType,
        string? eventType,
        QueryReader query,
        Requester requester,
        RelationReader reader,
        CancellationToken cancellationToken) =>
        reader.GetRelationsAsync(
            requester, roomId, eventId, RelationQuery.Read(query, relType, eventType), cancellationToken);

    private static Task<IResult> GetThreadsAsync(
        RoomId roomId,
        QueryReader query,
        Requester requester,
        RelationReader reader,
        CancellationToken cancellationToken) =>
        reader.GetThreadsAsync(requester, roomId, ThreadsQuery.Read(query), cancellationToken);
}
