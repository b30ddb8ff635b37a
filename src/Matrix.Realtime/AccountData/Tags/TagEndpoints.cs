using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.AccountData.Tags;

/// <summary>Room tags (client-server API, "Room Tagging").</summary>
internal static class TagEndpoints
{
    public static RouteGroupBuilder MapTags(this RouteGroupBuilder group)
    {
        group.MapGet("/user/{userId}/rooms/{roomId}/tags", GetAsync).WithName("getRoomTags");
        group.MapPut("/user/{userId}/rooms/{roomId}/tags/{tag}", SetAsync).WithName("setRoomTag");
        group.MapDelete("/user/{userId}/rooms/{roomId}/tags/{tag}", DeleteAsync).WithName("deleteRoomTag");
        return group;
    }

    private static async Task<Utf8JsonResult> GetAsync(
        UserId userId, RoomId roomId, Requester requester, TagService service, CancellationToken cancellationToken) =>
        new(await service.GetAsync(requester, userId, roomId, cancellationToken));

    private static async Task<Ok<EmptyResponse>> SetAsync(
        UserId userId, RoomId roomId, string tag, JsonObjectBody content,
        Requester requester, TagService service, CancellationToken cancellationToken)
    {
        await service.SetAsync(requester, userId, roomId, tag, content.Element, cancellationToken);
        return EmptyResponse.Ok;
    }

    private static async Task<Ok<EmptyResponse>> DeleteAsync(
        UserId userId, RoomId roomId, string tag,
        Requester requester, TagService service, CancellationToken cancellationToken)
    {
        await service.RemoveAsync(requester, userId, roomId, tag, cancellationToken);
        return EmptyResponse.Ok;
    }
}
