using Matrix.Realtime.Errors;
using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.Rooms.Membership;

/// <summary>Joining, inviting and leaving (client-server API, "Room membership").</summary>
internal static class MembershipEndpoints
{
    public static RouteGroupBuilder MapMembership(this RouteGroupBuilder group)
    {
        group.MapPost("/join/{roomIdOrAlias}", JoinByIdOrAliasAsync).WithName("joinRoom");
        group.MapPost("/rooms/{roomId}/join", JoinAsync).WithName("joinRoomById");
        group.MapPost("/rooms/{roomId}/invite", InviteAsync).WithName("inviteUser");
        group.MapPost("/rooms/{roomId}/leave", LeaveAsync).WithName("leaveRoom");
        return group;
    }

    private static Task<Ok<RoomIdResponse>> JoinByIdOrAliasAsync(
        string roomIdOrAlias, OptionalJsonBody<MembershipRequest> body,
        Requester requester, MembershipService service, CancellationToken cancellationToken) =>
        RoomId.TryParse(roomIdOrAlias, out var roomId) ? JoinAsync(roomId, body, requester, service, cancellationToken)
        : roomIdOrAlias.StartsWith('#') ? throw MatrixException.NotFound("There is no such room alias.")
        : throw MatrixException.InvalidParam("This is neither a room id nor a room alias.");

    private static async Task<Ok<RoomIdResponse>> JoinAsync(
        RoomId roomId, OptionalJsonBody<MembershipRequest> body,
        Requester requester, MembershipService service, CancellationToken cancellationToken)
    {
        await service.JoinAsync(requester.UserId, roomId, body.Value.Reason, cancellationToken);
        return TypedResults.Ok(new RoomIdResponse(roomId));
    }

    private static async Task<Ok<EmptyResponse>> InviteAsync(
        RoomId roomId, JsonBody<InviteRequest> body,
        Requester requester, MembershipService service, CancellationToken cancellationToken)
    {
        await service.InviteAsync(requester.UserId, body.Value.UserId, roomId, body.Value.Reason, cancellationToken);
        return EmptyResponse.Ok;
    }

    private static async Task<Ok<EmptyResponse>> LeaveAsync(
        RoomId roomId, OptionalJsonBody<MembershipRequest> body,
        Requester requester, MembershipService service, CancellationToken cancellationToken)
    {
        await service.LeaveAsync(requester.UserId, roomId, body.Value.Reason, cancellationToken);
        return EmptyResponse.Ok;
    }
}
