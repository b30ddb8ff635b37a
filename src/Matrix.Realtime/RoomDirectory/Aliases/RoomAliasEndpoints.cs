using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.RoomDirectory.Aliases;

/// <summary>Room aliases (client-server API, "Room aliases").</summary>
internal static class RoomAliasEndpoints
{
    public static RouteGroupBuilder MapRoomAliases(this RouteGroupBuilder group)
    {
        group.MapGet("/directory/room/{roomAlias}", GetAsync).WithName("getRoomIdByAlias").WithOptionalAccessToken();
        group.MapPut("/directory/room/{roomAlias}", SetAsync).WithName("setRoomAlias").ClosedToSuspended();
        group.MapDelete("/directory/room/{roomAlias}", DeleteAsync).WithName("deleteRoomAlias").ClosedToSuspended();
        group.MapGet("/rooms/{roomId}/aliases", GetAllAsync).WithName("getLocalAliases");
        return group;
    }

    private static async Task<Ok<RoomAliasResponse>> GetAsync(
        RoomAlias roomAlias, RoomAliasService service, CancellationToken cancellationToken) =>
        TypedResults.Ok(await service.GetAsync(roomAlias, cancellationToken));

    private static async Task<Ok<EmptyResponse>> SetAsync(
        RoomAlias roomAlias, JsonBody<SetRoomAliasRequest> body,
        Requester requester, RoomAliasService service, CancellationToken cancellationToken)
    {
        await service.AddAsync(requester.UserId, roomAlias, body.Value.RoomId, cancellationToken);
        return EmptyResponse.Ok;
    }

    private static async Task<Ok<EmptyResponse>> DeleteAsync(
        RoomAlias roomAlias, Requester requester, RoomAliasService service, CancellationToken cancellationToken)
    {
        await service.DeleteAsync(requester.UserId, roomAlias, cancellationToken);
        return EmptyResponse.Ok;
    }

    private static async Task<Ok<RoomAliasesResponse>> GetAllAsync(
        RoomId roomId, Requester requester, RoomAliasService service, CancellationToken cancellationToken) =>
        TypedResults.Ok(await service.GetAllAsync(requester.UserId, roomId, cancellationToken));
}
