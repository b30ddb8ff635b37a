using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.AccountData;

/// <summary>Account data (client-server API, "Client config").</summary>
internal static class AccountDataEndpoints
{
    /// <summary>Where deletion stands until the specification has it.</summary>
    public const string UnstablePrefix = "/_matrix/client/unstable/org.matrix.msc3391";

    public static RouteGroupBuilder MapAccountData(this RouteGroupBuilder group)
    {
        group.MapGet("/user/{userId}/account_data/{type}", GetAsync).WithName("getAccountData");
        group.MapPut("/user/{userId}/account_data/{type}", SetAsync).WithName("setAccountData");
        group.MapGet("/user/{userId}/rooms/{roomId}/account_data/{type}", GetForRoomAsync)
            .WithName("getAccountDataPerRoom");
        group.MapPut("/user/{userId}/rooms/{roomId}/account_data/{type}", SetForRoomAsync)
            .WithName("setAccountDataPerRoom");
        group.MapDelete("/user/{userId}/account_data/{type}", DeleteAsync).WithName("deleteAccountData");
        group.MapDelete("/user/{userId}/rooms/{roomId}/account_data/{type}", DeleteForRoomAsync)
            .WithName("deleteAccountDataPerRoom");
        return group;
    }

    /// <summary>Maps what clients look for under the prefix of MSC3391 only.</summary>
    public static RouteGroupBuilder MapUnstableAccountData(this RouteGroupBuilder group)
    {
        group.MapDelete("/user/{userId}/account_data/{type}", DeleteAsync);
        group.MapDelete("/user/{userId}/rooms/{roomId}/account_data/{type}", DeleteForRoomAsync);
        return group;
    }

    private static async Task<IResult> GetAsync(
        UserId userId, string type,
        Requester requester, AccountDataService service, CancellationToken cancellationToken) =>
        new Utf8JsonResult(await service.GetContentAsync(requester, userId, null, type, cancellationToken));

    private static async Task<Ok<EmptyResponse>> SetAsync(
        UserId userId, string type, JsonObjectBody content,
        Requester requester, AccountDataService service, CancellationToken cancellationToken)
    {
        await service.SetContentAsync(requester, userId, null, type, content, cancellationToken);
        return EmptyResponse.Ok;
    }

    private static async Task<IResult> GetForRoomAsync(
        UserId userId, RoomId roomId, string type,
        Requester requester, AccountDataService service, CancellationToken cancellationToken) =>
        new Utf8JsonResult(await service.GetContentAsync(requester, userId, roomId, type, cancellationToken));

    private static async Task<Ok<EmptyResponse>> SetForRoomAsync(
        UserId userId, RoomId roomId, string type, JsonObjectBody content,
        Requester requester, AccountDataService service, CancellationToken cancellationToken)
    {
        await service.SetContentAsync(requester, userId, roomId, type, content, cancellationToken);
        return EmptyResponse.Ok;
    }

    private static async Task<Ok<EmptyResponse>> DeleteAsync(
        UserId userId, string type,
        Requester requester, AccountDataService service, CancellationToken cancellationToken)
    {
        await service.DeleteContentAsync(requester, userId, null, type, cancellationToken);
        return EmptyResponse.Ok;
    }

    private static async Task<Ok<EmptyResponse>> DeleteForRoomAsync(
        UserId userId, RoomId roomId, string type,
        Requester requester, AccountDataService service, CancellationToken cancellationToken)
    {
        await service.DeleteContentAsync(requester, userId, roomId, type, cancellationToken);
        return EmptyResponse.Ok;
    }
}
