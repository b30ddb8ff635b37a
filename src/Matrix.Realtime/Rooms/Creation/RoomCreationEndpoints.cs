using Matrix.Realtime.Http;
using Matrix.Realtime.Rooms.Membership;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.Rooms.Creation;

/// <summary>Creating rooms (client-server API, "Creation").</summary>
internal static class RoomCreationEndpoints
{
    public static RouteGroupBuilder MapRoomCreation(this RouteGroupBuilder group)
    {
        group.MapPost("/createRoom", CreateAsync).WithName("createRoom").ClosedToSuspended().CountsAsActivity();
        return group;
    }

    private static async Task<Ok<RoomIdResponse>> CreateAsync(
        OptionalJsonBody<CreateRoomRequest> body,
        Requester requester,
        RoomCreationService service,
        CancellationToken cancellationToken) =>
        TypedResults.Ok(new RoomIdResponse(
            await service.CreateAsync(requester.UserId, body.Value, cancellationToken)));
}
