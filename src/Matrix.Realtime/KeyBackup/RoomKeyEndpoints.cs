using Matrix.Realtime.Http;
using Matrix.Realtime.Identifiers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Matrix.Realtime.KeyBackup;

/// <summary>The keys in the caller's backup (client-server API, "Server-side key backups").</summary>
internal static class RoomKeyEndpoints
{
    private const string All = "/room_keys/keys";
    private const string Room = "/room_keys/keys/{roomId}";
    private const string Session = "/room_keys/keys/{roomId}/{sessionId}";

    /// <summary>The query parameter that names the backup.</summary>
    private const string Version = "version";

    public static RouteGroupBuilder MapRoomKeys(this RouteGroupBuilder group)
    {
        group.MapPut(All, StoreAllAsync).WithName("putRoomKeys");
        group.MapPut(Room, StoreRoomAsync).WithName("putRoomKeysByRoomId");
        group.MapPut(Session, StoreSessionAsync).WithName("putRoomKeyBySessionId");
        group.MapGet(All, GetAllAsync).WithName("getRoomKeys");
        group.MapGet(Room, GetRoomAsync).WithName("getRoomKeysByRoomId");
        group.MapGet(Session, GetSessionAsync).WithName("getRoomKeyBySessionId");
        group.MapDelete(All, DeleteAllAsync).WithName("deleteRoomKeys");
        group.MapDelete(Room, DeleteRoomAsync).WithName("deleteRoomKeysByRoomId");
        group.MapDelete(Session, DeleteSessionAsync).WithName("deleteRoomKeyBySessionId");
        return group;
    }

    private static async Task<Ok<RoomKeysUpdateResponse>> StoreAllAsync(
        QueryReader query, JsonBody<RoomKeysRequest> body,
        Requester requester, RoomKeyService service, CancellationToken cancellationToken) =>
        TypedResults.Ok(await service.StoreAsync(
            requester.UserId, query.RequiredText(Version), body.Value.Rooms, cancellationToken));

    private static async Task<Ok<RoomKeysUpdateResponse>> StoreRoomAsync(
        RoomId roomId, QueryReader query, JsonBody<RoomKeyBackup> body,
        Requester requester, RoomKeyService service, CancellationToken cancellationToken)
    {
        var rooms = new Dictionary<RoomId, RoomKeyBackup> { [roomId] = body.Value };
        return TypedResults.Ok(await service.StoreAsync(
            requester.UserId, query.RequiredText(Version), rooms, cancellationToken));
    }

    private static async Task<Ok<RoomKeysUpdateResponse>> StoreSessionAsync(
        RoomId roomId, string sessionId, QueryReader query, JsonBody<KeyBackupData> body,
        Requester requester, RoomKeyService service, CancellationToken cancellationToken)
    {
        var sessions = new Dictionary<string, KeyBackupData> { [sessionId] = body.Value };
        var rooms = new Dictionary<RoomId, RoomKeyBackup> { [roomId] = new() { Sessions = sessions } };
        return TypedResults.Ok(await service.StoreAsync(
            requester.UserId, query.RequiredText(Version), rooms, cancellationToken));
    }

    private static Task<RoomKeysResult> GetAllAsync(
        QueryReader query, Requester requester, RoomKeyService service, CancellationToken cancellationToken) =>
        service.GetAllAsync(requester.UserId, query.RequiredText(Version), cancellationToken);

    private static async Task<Utf8JsonResult> GetRoomAsync(
        RoomId roomId, QueryReader query,
        Requester requester, RoomKeyService service, CancellationToken cancellationToken) =>
        new(await service.GetRoomAsync(requester.UserId, query.RequiredText(Version), roomId, cancellationToken));

    private static async Task<Utf8JsonResult> GetSessionAsync(
        RoomId roomId, string sessionId, QueryReader query,
        Requester requester, RoomKeyService service, CancellationToken cancellationToken) =>
        new(await service.GetSessionAsync(
            requester.UserId, query.RequiredText(Version), roomId, sessionId, cancellationToken));

    private static async Task<Ok<RoomKeysUpdateResponse>> DeleteAllAsync(
        QueryReader query, Requester requester, RoomKeyService service, CancellationToken cancellationToken) =>
        TypedResults.Ok(await service.DeleteAsync(
            requester.UserId, query.RequiredText(Version), roomId: null, sessionId: null, cancellationToken));

    private static async Task<Ok<RoomKeysUpdateResponse>> DeleteRoomAsync(
        RoomId roomId, QueryReader query,
        Requester requester, RoomKeyService service, CancellationToken cancellationToken) =>
        TypedResults.Ok(await service.DeleteAsync(
            requester.UserId, query.RequiredText(Version), roomId, sessionId: null, cancellationToken));

    private static async Task<Ok<RoomKeysUpdateResponse>> DeleteSessionAsync(
        RoomId roomId, string sessionId, QueryReader query,
        Requester requester, RoomKeyService service, CancellationToken cancellationToken) =>
        TypedResults.Ok(await service.DeleteAsync(
            requester.UserId, query.RequiredText(Version), roomId, sessionId, cancellationToken));
}
