using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Matrix.Realtime.Rooms.Addresses;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.Rooms.Membership;

/// <summary>Coming, going and being sent away (client-server API, "Room membership").</summary>
internal static class MembershipEndpoints
{
    public static RouteGroupBuilder MapMembership(this RouteGroupBuilder group)
    {
        group.MapPost("/join/{roomIdOrAlias}", JoinByIdOrAliasAsync).WithName("joinRoom").ClosedToSuspended().CountsAsActivity();
        group.MapPost("/knock/{roomIdOrAlias}", KnockAsync).WithName("knockRoom").ClosedToSuspended().CountsAsActivity();
        group.MapPost("/rooms/{roomId}/join", JoinAsync).WithName("joinRoomById").ClosedToSuspended().CountsAsActivity();
        group.MapPost("/rooms/{roomId}/invite", InviteAsync).WithName("inviteUser").ClosedToSuspended().CountsAsActivity();
        group.MapPost("/rooms/{roomId}/leave", LeaveAsync).WithName("leaveRoom").CountsAsActivity();
        group.MapPost("/rooms/{roomId}/kick", KickAsync).WithName("kick").ClosedToSuspended().CountsAsActivity();
        group.MapPost("/rooms/{roomId}/ban", BanAsync).WithName("ban").ClosedToSuspended().CountsAsActivity();
        group.MapPost("/rooms/{roomId}/unban", UnbanAsync).WithName("unban").ClosedToSuspended().CountsAsActivity();
        group.MapPost("/rooms/{roomId}/forget", ForgetAsync).WithName("forgetRoom");
        return group;
    }

    private static async Task<Ok<RoomIdResponse>> JoinByIdOrAliasAsync(
        string roomIdOrAlias, OptionalJsonBody<JoinRequest> body, Requester requester,
        RoomAddresses addresses, MembershipService service, CancellationToken cancellationToken)
    {
        var roomId = await addresses.ResolveAsync(roomIdOrAlias, cancellationToken);
        return await JoinAsync(roomId, body, requester, service, cancellationToken);
    }

    private static async Task<Ok<RoomIdResponse>> KnockAsync(
        string roomIdOrAlias, OptionalJsonBody<MembershipRequest> body, Requester requester,
        RoomAddresses addresses, MembershipService service, CancellationToken cancellationToken)
    {
        var roomId = await addresses.ResolveAsync(roomIdOrAlias, cancellationToken);
        await service.KnockAsync(requester.UserId, roomId, body.Value.Reason, cancellationToken);
        return TypedResults.Ok(new RoomIdResponse(roomId));
    }

    private static async Task<Ok<RoomIdResponse>> JoinAsync(
        RoomId roomId, OptionalJsonBody<JoinRequest> body,
        Requester requester, MembershipService service, CancellationToken cancellationToken)
    {
        body.Value.RequireVerifiable();
        await service.JoinAsync(requester.UserId, roomId, body.Value.Reason, cancellationToken);
        return TypedResults.Ok(new RoomIdResponse(roomId));
    }

    private static async Task<Ok<EmptyResponse>> InviteAsync(
        RoomId roomId, JsonBody<InviteRequest> body,
        Requester requester, MembershipService service, CancellationToken cancellationToken)
    {
        var invited = body.Value.RequireUser();
        await service.InviteAsync(requester.UserId, invited, roomId, body.Value.Reason, cancellationToken);
        return EmptyResponse.Ok;
    }

    private static async Task<Ok<EmptyResponse>> LeaveAsync(
        RoomId roomId, OptionalJsonBody<MembershipRequest> body,
        Requester requester, MembershipService service, CancellationToken cancellationToken)
    {
        await service.LeaveAsync(requester.UserId, roomId, body.Value.Reason, cancellationToken);
        return EmptyResponse.Ok;
    }

    private static async Task<Ok<EmptyResponse>> KickAsync(
        RoomId roomId, JsonBody<TargetRequest> body,
        Requester requester, MembershipService service, CancellationToken cancellationToken)
    {
        await service.KickAsync(requester.UserId, body.Value.UserId, roomId, body.Value.Reason, cancellationToken);
        return EmptyResponse.Ok;
    }

    private static async Task<Ok<EmptyResponse>> BanAsync(
        RoomId roomId, JsonBody<TargetRequest> body,
        Requester requester, MembershipService service, CancellationToken cancellationToken)
    {
        await service.BanAsync(requester.UserId, body.Value.UserId, roomId, body.Value.Reason, cancellationToken);
        return EmptyResponse.Ok;
    }

    private static async Task<Ok<EmptyResponse>> UnbanAsync(
        RoomId roomId, JsonBody<TargetRequest> body,
        Requester requester, MembershipService service, CancellationToken cancellationToken)
    {
        await service.UnbanAsync(requester.UserId, body.Value.UserId, roomId, body.Value.Reason, cancellationToken);
        return EmptyResponse.Ok;
    }

    private static async Task<Ok<EmptyResponse>> ForgetAsync(
        RoomId roomId, Requester requester, MembershipService service, CancellationToken cancellationToken)
    {
        await service.ForgetAsync(requester.UserId, roomId, cancellationToken);
        return EmptyResponse.Ok;
    }
}
