using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.Spaces;

/// <summary>Rooms seen from outside, and trees of them (client-server API, "Spaces").</summary>
internal static class SpaceEndpoints
{
    /// <summary>Where clients look for summaries that are older than their place in the specification.</summary>
    public const string UnstablePrefix = "/_matrix/client/unstable/im.nheko.summary";

    public static RouteGroupBuilder MapSpaces(this RouteGroupBuilder group)
    {
        group.MapGet("/rooms/{roomId}/hierarchy", GetHierarchyAsync).WithName("getSpaceHierarchy");
        group.MapGet("/room_summary/{roomIdOrAlias}", GetSummaryAsync)
            .WithName("getRoomSummary").WithOptionalAccessToken();
        return group;
    }

    public static RouteGroupBuilder MapUnstableSpaces(this RouteGroupBuilder group)
    {
        group.MapGet("/summary/{roomIdOrAlias}", GetSummaryAsync).WithOptionalAccessToken();
        return group;
    }

    private static async Task<Ok<SpaceHierarchyResponse>> GetHierarchyAsync(
        RoomId roomId, QueryReader query,
        Requester requester, SpaceHierarchyService service, CancellationToken cancellationToken) =>
        TypedResults.Ok(await service.GetAsync(
            requester.UserId, SpaceHierarchyQuery.Read(roomId, query), cancellationToken));

    private static async Task<Ok<RoomSummaryResponse>> GetSummaryAsync(
        string roomIdOrAlias, Requester? requester, RoomSummaryService service, CancellationToken cancellationToken) =>
        TypedResults.Ok(await service.GetAsync(requester, roomIdOrAlias, cancellationToken));
}
