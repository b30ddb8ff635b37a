using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.RoomDirectory.Listing;

/// <summary>The list of public rooms (client-server API, "Published room directory").</summary>
internal static class PublicRoomsEndpoints
{
    public static RouteGroupBuilder MapPublicRooms(this RouteGroupBuilder group)
    {
        group.MapGet("/publicRooms", GetAsync).WithName("getPublicRooms").WithOptionalAccessToken();
        group.MapPost("/publicRooms", QueryAsync).WithName("queryPublicRooms");
        group.MapGet("/directory/list/room/{roomId}", GetVisibilityAsync)
            .WithName("getRoomVisibilityOnDirectory").WithOptionalAccessToken();
        group.MapPut("/directory/list/room/{roomId}", SetVisibilityAsync)
            .WithName("setRoomVisibilityOnDirectory").ClosedToSuspended();
        return group;
    }

    private static async Task<Ok<PublicRoomsResponse>> GetAsync(
        QueryReader query, Requester? requester, PublicRoomsService service, CancellationToken cancellationToken)
    {
        var request = new PublicRoomsRequest { Limit = query.Integer("limit"), Since = query.Text("since") };
        return TypedResults.Ok(await service.ListAsync(requester, query.Text("server"), request, cancellationToken));
    }

    private static async Task<Ok<PublicRoomsResponse>> QueryAsync(
        QueryReader query, OptionalJsonBody<PublicRoomsRequest> body,
        Requester requester, PublicRoomsService service, CancellationToken cancellationToken) =>
        TypedResults.Ok(await service.ListAsync(requester, query.Text("server"), body.Value, cancellationToken));

    private static async Task<Ok<RoomVisibility>> GetVisibilityAsync(
        RoomId roomId, RoomListingService service, CancellationToken cancellationToken) =>
        TypedResults.Ok(await service.GetAsync(roomId, cancellationToken));

    private static async Task<Ok<EmptyResponse>> SetVisibilityAsync(
        RoomId roomId, OptionalJsonBody<RoomVisibility> body,
        Requester requester, RoomListingService service, CancellationToken cancellationToken)
    {
        var isPublic = body.Value.Visibility != RoomVisibility.Private;
        await service.SetAsync(requester.UserId, roomId, isPublic, cancellationToken);
        return EmptyResponse.Ok;
    }
}
